"""What citizens are asked by the city, and ask one another."""
