"""What becomes of a page as a whole: its head and foot, its formulas, what is left off it."""
