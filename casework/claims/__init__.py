"""Losses and claims, and proceedings before courts and authorities: of class legal, names of the other side apart."""
