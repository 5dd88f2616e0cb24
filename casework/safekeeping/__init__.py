"""Backups that people who keep them can open only together with their keys, and the proof that they come back."""
