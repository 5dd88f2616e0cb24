"""Plans, goals, follow-up visits and closure."""
