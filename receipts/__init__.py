"""Paper and codes: what was sold becomes rows, and rows become text, bytes or a picture."""
