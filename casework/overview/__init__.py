"""Pages that show several steps together: my day, the case, the board, the access log."""
