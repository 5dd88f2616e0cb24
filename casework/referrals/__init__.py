"""Needs handed from one office to another."""
