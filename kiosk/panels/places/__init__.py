"""What stands in the city: stations, car parks, access points, community centres."""
