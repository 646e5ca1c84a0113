"""The city at a glance."""
