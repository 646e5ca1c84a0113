"""Districts in the order of a figure."""
