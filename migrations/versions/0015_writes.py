"""Writes: tables of casework.writes. They point at users, offices and cases, so they come after those."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of operations and drafts."""
    op.create_table(
        "operation",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_operation"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_operation_user_id", ondelete="RESTRICT"),
        sa.CheckConstraint("seen >= 1", name=op.f("ck_operation_seen_positive")),
    )
    op.create_index("ix_operation_created_at", "operation", ["created_at"])
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_draft_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_draft_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_draft_case_id", ondelete="CASCADE"),
    )
    op.create_index("ix_draft_user_id_updated_at", "draft", ["user_id", "updated_at"])
    op.create_index("ix_draft_case_id", "draft", ["case_id"])
    op.create_index("ix_draft_expires_at", "draft", ["expires_at"])
    op.create_table(
        "draft_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_draft_sealed"),
        sa.ForeignKeyConstraint(["id"], ["draft.id"], name="fk_draft_sealed_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Drop them: unsent drafts are lost, and a repeated submit is no longer known as one."""
    op.drop_table("draft_sealed")
    op.drop_table("draft")
    op.drop_table("operation")
