"""Pages that show several steps together: my day, the case page, the board."""
