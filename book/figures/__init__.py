"""The pictures over the models: figure functions, explorers and the numbers that the text speaks.

A package a chapter; beside the packages lies what all pictures share, and the picture of the front.
"""
