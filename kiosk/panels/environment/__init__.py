"""Waste, recycling and clean energy by district."""
