"""Drawings as pictures: data in, PNG out, off the loop and kept for the next time."""
