"""One incident in full, and what has happened today."""
