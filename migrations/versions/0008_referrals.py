"""Referrals: tables of casework.referrals."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Referrals with their classes, sealed packets, history and letter numbers."""
    op.create_table(
        "referral",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to_org_id", sa.Uuid(), nullable=True),
        sa.Column("to_kind", sa.String(), nullable=True),
        sa.Column("service_type", sa.String(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sent_at", Utc(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("answered_at", Utc(), nullable=True),
        sa.Column("answered_by_user_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by_org_id", sa.Uuid(), nullable=True),
        sa.Column("answer_channel", sa.String(), nullable=True),
        sa.Column("answer_given_at", Utc(), nullable=True),
        sa.Column("rejection_reason", sa.String(), nullable=True),
        sa.Column("service_started_at", Utc(), nullable=True),
        sa.Column("done_at", Utc(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("letter_number", sa.String(), nullable=False),
        sa.Column("packet_digest", sa.String(), nullable=False),
        sa.Column("escalated", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'rejected') = (rejection_reason IS NOT NULL)", name=op.f("ck_referral_rejection_has_reason")
        ),
        sa.CheckConstraint(
            "answer_channel IS NULL OR answer_channel IN ('phone', 'letter', 'in_person', 'message', 'email')",
            name=op.f("ck_referral_answer_channel_known"),
        ),
        sa.CheckConstraint("kind IN ('referral', 'transfer')", name=op.f("ck_referral_kind_known")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('given', 'partly', 'not_given', 'person_declined', 'person_not_reached')",
            name=op.f("ck_referral_outcome_known"),
        ),
        sa.CheckConstraint("status <> 'done' OR outcome IS NOT NULL", name=op.f("ck_referral_done_has_outcome")),
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'accepted', 'service_started', 'done', 'rejected', 'revoked', 'consent_withdrawn', 'expired')",
            name=op.f("ck_referral_status_known"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_user_id IS NULL)", name=op.f("ck_referral_answer_has_person")
        ),
        sa.CheckConstraint("due_at > sent_at", name=op.f("ck_referral_due_after_sent")),
        sa.CheckConstraint("escalated BETWEEN 0 AND 3", name=op.f("ck_referral_escalated_known")),
        sa.CheckConstraint("to_org_id IS NOT NULL OR to_kind IS NOT NULL", name=op.f("ck_referral_receiver_named")),
        sa.CheckConstraint("to_org_id IS NULL OR to_org_id <> author_org_id", name=op.f("ck_referral_to_another")),
        sa.ForeignKeyConstraint(
            ["answered_by_org_id"],
            ["organisation.id"],
            name=op.f("fk_referral_answered_by_org_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_user_id"], ["user.id"], name=op.f("fk_referral_answered_by_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_referral_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_referral_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_referral_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["to_org_id"], ["organisation.id"], name=op.f("fk_referral_to_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("author_org_id", "letter_number", name=op.f("uq_referral_author_org_id_letter_number")),
    )
    op.create_index("ix_referral_case_id_status", "referral", ["case_id", "status"], unique=False)
    op.create_index("ix_referral_in", "referral", ["to_org_id", "status", "sent_at", "id"], unique=False)
    op.create_index("ix_referral_out", "referral", ["author_org_id", "status", "sent_at", "id"], unique=False)
    op.create_index("ix_referral_status_due_at", "referral", ["status", "due_at"], unique=False)
    op.create_table(
        "referral_class",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["consent_entry.id"], name=op.f("fk_referral_class_entry_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_class_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "data_class", name=op.f("pk_referral_class")),
    )
    op.create_index("ix_referral_class_entry_id", "referral_class", ["entry_id"], unique=False)
    op.create_table(
        "referral_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("packet", sa.LargeBinary(), nullable=True),
        sa.Column("rejection_note", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by_name", sa.LargeBinary(), nullable=True),
        sa.Column("feedback", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["referral.id"], name=op.f("fk_referral_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_sealed")),
    )
    op.create_table(
        "referral_change",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("by_user_id", sa.Uuid(), nullable=False),
        sa.Column("by_org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_org_id"], ["organisation.id"], name=op.f("fk_referral_change_by_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user.id"], name=op.f("fk_referral_change_by_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_change_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_change")),
    )
    op.create_index("ix_referral_change_referral_id_at", "referral_change", ["referral_id", "at"], unique=False)
    op.create_table(
        "letter_counter",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 0", name=op.f("ck_letter_counter_last_not_negative")),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_letter_counter_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("org_id", "year", name=op.f("pk_letter_counter")),
    )


def downgrade() -> None:
    """Drop them in the other order."""
    op.drop_table("letter_counter")
    op.drop_table("referral_change")
    op.drop_table("referral_sealed")
    op.drop_table("referral_class")
    op.drop_table("referral")
