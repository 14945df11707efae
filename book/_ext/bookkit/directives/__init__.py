"""What an author writes between back-quotes: directives and roles, fed by the readers."""
