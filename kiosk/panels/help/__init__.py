"""What can be said, shown and pressed."""
