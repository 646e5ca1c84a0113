"""Prices, and what is on in the city."""
