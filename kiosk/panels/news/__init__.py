"""What papers, agencies and press offices tell of the city."""
