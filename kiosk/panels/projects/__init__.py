"""Projects on the map."""
