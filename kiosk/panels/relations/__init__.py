"""Other cities: partners, visits, events."""
