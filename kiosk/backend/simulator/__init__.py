"""A city made up: every value a function of seed and time, every value marked as simulated."""
