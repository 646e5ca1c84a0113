"""The mayor's orders: how far each is, and a new one."""
