"""Backup, restore and drill."""
