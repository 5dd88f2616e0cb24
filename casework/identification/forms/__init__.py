"""Forms of identification."""
