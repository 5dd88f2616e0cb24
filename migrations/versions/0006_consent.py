"""Consent: tables of casework.consent."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The consent ledger, grants of access, openings for vital interest."""
    op.create_table(
        "consent_entry",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("recipient_org_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_kind", sa.String(), nullable=True),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("assented", sa.Boolean(), nullable=True),
        sa.Column("text_version", sa.String(), nullable=True),
        sa.Column("withdraws_id", sa.Uuid(), nullable=True),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "answer <> 'withdrawn' OR withdraws_id IS NOT NULL", name=op.f("ck_consent_entry_withdrawal_names_entry")
        ),
        sa.CheckConstraint("answer IN ('given', 'refused', 'withdrawn')", name=op.f("ck_consent_entry_answer_known")),
        sa.CheckConstraint("giver IN ('self', 'guardian', 'best_interest')", name=op.f("ck_consent_entry_giver_known")),
        sa.CheckConstraint("ground IN ('consent', 'vital_interest')", name=op.f("ck_consent_entry_ground_known")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_consent_entry_interval_positive")),
        sa.CheckConstraint(
            "recipient_org_id IS NOT NULL OR recipient_kind IS NOT NULL", name=op.f("ck_consent_entry_recipient_named")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_consent_entry_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_consent_entry_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_consent_entry_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["recipient_org_id"],
            ["organisation.id"],
            name=op.f("fk_consent_entry_recipient_org_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["withdraws_id"], ["consent_entry.id"], name=op.f("fk_consent_entry_withdraws_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_entry")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_consent_entry_withdraws_id")),
    )
    op.create_index("ix_consent_entry_case_id_purpose", "consent_entry", ["case_id", "purpose"], unique=False)
    op.create_table(
        "consent_entry_class",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["consent_entry.id"], name=op.f("fk_consent_entry_class_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "data_class", name=op.f("pk_consent_entry_class")),
    )
    op.create_table(
        "consent_entry_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_name", sa.LargeBinary(), nullable=True),
        sa.Column("people", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["consent_entry.id"], name=op.f("fk_consent_entry_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_entry_sealed")),
    )
    op.create_table(
        "access_grant",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reach IN ('all', 'own')", name=op.f("ck_access_grant_reach_known")),
        sa.CheckConstraint(
            "via IN ('referral', 'transfer', 'vital', 'asked', 'wrote', 'kept')", name=op.f("ck_access_grant_via_known")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name=op.f("ck_access_grant_end_has_reason")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_access_grant_interval_positive")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_access_grant_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["consent_entry.id"], name=op.f("fk_access_grant_entry_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_access_grant_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grant")),
    )
    op.create_index("ix_access_grant_case_id_org_id", "access_grant", ["case_id", "org_id"], unique=False)
    op.create_index(op.f("ix_access_grant_entry_id"), "access_grant", ["entry_id"], unique=False)
    op.create_index("ix_access_grant_org_id_ends_at", "access_grant", ["org_id", "ends_at"], unique=False)
    op.create_index(op.f("ix_access_grant_source_id"), "access_grant", ["source_id"], unique=False)
    op.create_table(
        "access_grant_class",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["access_grant.id"], name=op.f("fk_access_grant_class_grant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("grant_id", "data_class", name=op.f("pk_access_grant_class")),
    )
    op.create_table(
        "vital_opening",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", Utc(), nullable=False),
        sa.Column("ends_at", Utc(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", Utc(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('confirmed', 'refused')", name=op.f("ck_vital_opening_decision_known")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decision IS NULL)", name=op.f("ck_vital_opening_decision_has_person")
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> opened_by", name=op.f("ck_vital_opening_not_own_work")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_vital_opening_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_vital_opening_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user.id"], name=op.f("fk_vital_opening_decided_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["consent_entry.id"], name=op.f("fk_vital_opening_entry_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user.id"], name=op.f("fk_vital_opening_opened_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_vital_opening_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vital_opening")),
    )
    op.create_index("ix_vital_opening_case_id", "vital_opening", ["case_id"], unique=False)
    op.create_index(op.f("ix_vital_opening_entry_id"), "vital_opening", ["entry_id"], unique=False)
    op.create_table(
        "vital_opening_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["vital_opening.id"], name=op.f("fk_vital_opening_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vital_opening_sealed")),
    )


def downgrade() -> None:
    """Drop them in the other order."""
    op.drop_table("vital_opening_sealed")
    op.drop_table("vital_opening")
    op.drop_table("access_grant_class")
    op.drop_table("access_grant")
    op.drop_table("consent_entry_sealed")
    op.drop_table("consent_entry_class")
    op.drop_table("consent_entry")
