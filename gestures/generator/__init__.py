"""Made-up sessions: real hand shapes along human movements, seen by a camera that never was.

shapes and library: whose hands. blend and motion: how they move. gestures and idle: what they do.
camera and noise: what a landmarker would have said of it. script: all of it as a session.
"""
