"""Rules of identification as pure functions: states, the suggestion, what stands."""
