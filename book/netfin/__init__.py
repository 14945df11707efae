"""The models of the book: pure functions over numbers and numpy arrays, a package a chapter."""
