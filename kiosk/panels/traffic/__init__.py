"""Traffic: roads, subway, bicycles, parking."""
