"""The public edition: what the city discloses, as pages, boards and open data. Reads, never writes;
what may be read comes through `projection` alone."""
