"""The index of lists holds what lists and the board ask of a row, so that they read it alone."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NARROW = ["org_id", "status", "last_visible_activity", "case_id"]
WIDE = [*NARROW, "stage", "next_due_at", "starts_at", "expires_at", "owner"]


def upgrade() -> None:
    """Widen it."""
    _index(WIDE)


def downgrade() -> None:
    """As it was."""
    _index(NARROW)


def _index(columns: list[str]) -> None:
    op.drop_index("ix_case_access_list", table_name="case_access")
    op.create_index("ix_case_access_list", "case_access", columns)
