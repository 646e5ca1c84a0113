"""Gallery: every component in every state, drawn into pictures to look at and to test.

`python -m kiosk.ui.gallery FOLDER [WIDTH HEIGHT]` writes contact sheets and whole walls as PNG.
All its figures are samples and carry the mark of a simulated value.
"""
