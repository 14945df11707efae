"""The models of the book: pure functions over numbers and numpy arrays, one module a chapter."""
