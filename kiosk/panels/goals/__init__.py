"""The Sustainable Development Goals and what serves them."""
