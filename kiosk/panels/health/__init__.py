"""Health and welfare by district."""
