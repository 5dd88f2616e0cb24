"""Cases: who sees them, where they stand, what is to be done, and the groups they belong to."""
