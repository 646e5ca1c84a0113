"""How the kiosk itself is."""
