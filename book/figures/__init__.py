"""The pictures: one module a chapter, figure functions and explorers over the models."""
