"""Coming home for good: plan and goals, stage, follow-up visits, closure, and facts that stop visits."""
