"""The components of the wall: one class each, drawing a plain frozen view model."""
