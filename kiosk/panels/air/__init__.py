"""The air of the city by its 25 stations."""
