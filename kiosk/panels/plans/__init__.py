"""Plans, what they are made of, and who watches over them."""
