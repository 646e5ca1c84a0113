"""Tap water by its plants, and the river."""
