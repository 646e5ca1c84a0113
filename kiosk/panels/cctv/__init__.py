"""The city's cameras."""
