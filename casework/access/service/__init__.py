"""What is done with accounts, sessions and organisations; each function records itself and never commits."""
