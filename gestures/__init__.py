"""Hands in the air: camera frames in, gesture events out. Imports no Qt, no kiosk, no network."""
