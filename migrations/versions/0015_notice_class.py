"""News carries the data class of what it is about, and its case even where the case is not open to the reader."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

CASES = (("referral", "referral"), ("consent_entry", "consent_entry"), ("vital_opening", "vital_opening"))
"""(kind of record, table) of news that was written without its case."""
CLASSES = (("referral", "referral"), ("task", "task"), ("approval", "approval"), ("risk", "risk_assessment"))
"""(kind of record, table) whose rows say the class of the news about them."""


def upgrade() -> None:
    """Add the columns and fill them from the records. News of which no case is found any more is read by nobody."""
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("data_class", sa.String(), nullable=False, server_default="demographic"))
        batch.add_column(sa.Column("without_access", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE notice SET without_access = TRUE WHERE case_id IS NULL")
    for kind, table in CASES:
        op.execute(
            f"UPDATE notice SET case_id = (SELECT r.case_id FROM {table} r WHERE r.id = notice.record_id)"  # noqa: S608
            f" WHERE case_id IS NULL AND record_kind = '{kind}'"
        )
    for kind, table in CLASSES:
        op.execute(
            "UPDATE notice SET data_class = COALESCE("  # noqa: S608
            f"(SELECT r.data_class FROM {table} r WHERE r.id = notice.record_id), data_class)"
            f" WHERE record_kind = '{kind}'"
        )
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("data_class", server_default=None)
        batch.alter_column("without_access", server_default=None)


def downgrade() -> None:
    """As before: news about a packet or an end stands without its case."""
    op.execute("UPDATE notice SET case_id = NULL WHERE without_access")
    with op.batch_alter_table("notice") as batch:
        batch.drop_column("without_access")
        batch.drop_column("data_class")
