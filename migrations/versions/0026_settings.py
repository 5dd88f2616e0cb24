"""What settings said before they were changed, and which holidays move from year to year."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KINDS = "kind IN ('organisation', 'membership', 'role', 'deputy', 'holiday')"


def upgrade() -> None:
    """A history of offices, users, roles, deputies and holidays; a mark for holidays that move."""
    op.create_table(
        "setting_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_setting_history_kind_known")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_setting_history_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_setting_history_author_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_history")),
    )
    op.create_index(
        op.f("ix_setting_history_kind_subject_id_recorded_at"), "setting_history", ["kind", "subject_id", "recorded_at"]
    )
    op.add_column("holiday", sa.Column("moves", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("holiday") as batch:
        batch.alter_column("moves", server_default=None)


def downgrade() -> None:
    """Without history and mark."""
    with op.batch_alter_table("holiday") as batch:
        batch.drop_column("moves")
    op.drop_index(op.f("ix_setting_history_kind_subject_id_recorded_at"), table_name="setting_history")
    op.drop_table("setting_history")
