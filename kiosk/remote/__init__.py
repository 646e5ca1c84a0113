"""The tablets' server: pairing, sessions, and the wall's current view for whoever is paired.

The only listener on the LAN, with the least rights: no database, no camera, only its link.
"""
