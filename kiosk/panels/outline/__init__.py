"""What panels of items share: the list at the left, a picture and one item in full."""
