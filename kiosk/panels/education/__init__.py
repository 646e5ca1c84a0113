"""Education and learning by district."""
