"""Training of the hand-shape classifier: data, composed hands, fit, validation, model card."""
