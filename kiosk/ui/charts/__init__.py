"""Map, charts and camera tiles: widgets with data, one class each, drawn from plain models."""
