"""Chapters as plain notebooks that read and run without the book. Knows nothing of Sphinx."""
