"""Connecting a tablet."""
