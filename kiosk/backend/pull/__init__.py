"""Asking the city's systems: declared sources, their keys, quotas and patience."""
