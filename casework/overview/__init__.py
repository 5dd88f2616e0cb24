"""Pages that show several steps together: my day, the case, the board, totals, the access log."""
