"""The one place that commits: the orchestrator, idempotency keys, server drafts and the reading record."""
