"""A small torture in every run, and the proof that its checks go red: each planted fault must be found."""
