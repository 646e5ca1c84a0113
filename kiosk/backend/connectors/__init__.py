"""Connectors to the city's systems: one module each, found by being here.

A connector turns one response of a system into `Parsed`. It makes up nothing: a figure that the
source did not give is a missing value or a rejected row.
"""
