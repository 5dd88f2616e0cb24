"""One colleague of an office carries a case at a time, and the database says so."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NOW = "part = 'carries' AND ended_at IS NULL"


def upgrade() -> None:
    """End all but the newest where two were written, then make the rule one of the database."""
    op.execute(
        "UPDATE assignment SET ended_at = starts_at "
        f"WHERE {NOW} AND EXISTS (SELECT 1 FROM assignment newer WHERE newer.case_id = assignment.case_id"  # noqa: S608
        " AND newer.org_id = assignment.org_id AND newer.part = 'carries' AND newer.ended_at IS NULL"
        " AND (newer.starts_at > assignment.starts_at"
        " OR (newer.starts_at = assignment.starts_at AND newer.id > assignment.id)))"
    )
    op.create_index(
        "uq_assignment_carrier",
        "assignment",
        ["case_id", "org_id"],
        unique=True,
        sqlite_where=sa.text(NOW),
        postgresql_where=sa.text(NOW),
    )


def downgrade() -> None:
    """Without the rule."""
    op.drop_index("uq_assignment_carrier", table_name="assignment")
