"""Mains of the gesture and voice processes."""
