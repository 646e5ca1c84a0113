"""Every indicator of the city, and one of them in full."""
