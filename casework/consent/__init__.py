"""The consent ledger, and the grants that follow from it."""
