"""The composition root and the supervisor: the one room that knows all rooms."""
