"""What citizens say: suggestions, rising words, calls."""
