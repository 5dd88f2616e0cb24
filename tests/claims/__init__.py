"""Losses and claims, proceedings."""
