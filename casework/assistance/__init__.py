"""Help given to a person: needs met, stays, quantities and what they cost."""
