"""Rules of the return that need no database rows: what a step means, states, the clock."""
