"""Search: anything that has a name, found as one types."""
