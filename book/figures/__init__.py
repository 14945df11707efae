"""The pictures: a package a chapter, figure functions and explorers over the models."""
