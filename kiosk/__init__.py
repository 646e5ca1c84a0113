"""The application: a wall display from which a mayor runs the city."""
