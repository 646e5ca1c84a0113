"""One indicator side by side."""
