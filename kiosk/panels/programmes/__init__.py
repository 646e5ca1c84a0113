"""The platform itself and the city's digital programmes."""
