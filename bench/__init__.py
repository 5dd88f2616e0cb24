"""Torture and measure: doubles, races, kills, and what a request costs at 100,000 cases."""
