"""The models of the book: pure functions over numbers and numpy arrays.

A package a chapter, a module an idea. The modules beside the packages are the floor: what several
chapters share, and the only readers of data. A chapter knows the floor and no other chapter.
"""
