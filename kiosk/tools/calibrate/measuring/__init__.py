"""What pictures and sound say of a wall: pure functions of them, and the process that takes them.

Pictures are 8-bit RGB arrays (height, width, 3), sound is 16-bit mono at 16 kHz. All of it stays in
memory; only figures leave.
"""
