"""Readers of the book's own lists in `data/`: they know files and faults, and nothing of Sphinx."""
