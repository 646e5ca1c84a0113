"""Money by owner, type and field."""
