"""Use of the wall: which panels, by which input, at what time of day."""
