"""What citizens complain about, and the answers that they get."""
