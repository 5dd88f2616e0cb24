"""Grants, transfers and withdrawals, each moved in one transaction."""
