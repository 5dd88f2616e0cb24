"""Losses and claims, proceedings with their stages and dates: tables of casework.claims."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Proceedings, steps, hearings; losses; the other side apart."""
    op.create_table(
        "proceeding",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=True),
        sa.Column("awarded", sa.BigInteger(), nullable=True),
        sa.Column("paid", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'defence') = (role = 'accused')", name=op.f("ck_proceeding_accused_is_defended")),
        sa.CheckConstraint("currency IS NOT NULL OR (claimed IS NULL AND awarded IS NULL AND paid IS NULL)", name=op.f("ck_proceeding_amounts_have_currency")),
        sa.CheckConstraint("claimed >= 0 AND awarded >= 0 AND paid >= 0", name=op.f("ck_proceeding_amounts_not_negative")),
        sa.CheckConstraint("currency IS NULL OR length(currency) = 3", name=op.f("ck_proceeding_currency_iso")),
        sa.CheckConstraint("kind IN ('criminal', 'civil', 'labour', 'immigration', 'defence')", name=op.f("ck_proceeding_kind_known")),
        sa.CheckConstraint("role IN ('victim', 'civil_party', 'witness', 'claimant', 'applicant', 'accused')", name=op.f("ck_proceeding_role_known")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_proceeding_source_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_proceeding_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_proceeding_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_proceeding_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_proceeding_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding")),
    )
    op.create_index("ix_proceeding_case_id", "proceeding", ["case_id"])
    op.create_index("ix_proceeding_case_id_ended_on", "proceeding", ["case_id", "ended_on"])
    op.create_table(
        "hearing",
        sa.Column("proceeding_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('hearing', 'statement', 'deadline', 'meeting')", name=op.f("ck_hearing_kind_known")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_hearing_source_known")),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f("ck_hearing_state_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_hearing_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_hearing_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hearing_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_hearing_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceeding.id"], name=op.f("fk_hearing_proceeding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    op.create_index("ix_hearing_case_id", "hearing", ["case_id"])
    op.create_index("ix_hearing_proceeding_id", "hearing", ["proceeding_id"])
    op.create_table(
        "loss",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("claimed", sa.BigInteger(), nullable=True),
        sa.Column("recovered", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("proceeding_id", sa.Uuid(), nullable=True),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("currency IS NOT NULL OR (amount IS NULL AND claimed IS NULL AND recovered IS NULL)", name=op.f("ck_loss_amounts_have_currency")),
        sa.CheckConstraint("amount >= 0 AND claimed >= 0 AND recovered >= 0", name=op.f("ck_loss_amounts_not_negative")),
        sa.CheckConstraint("currency IS NULL OR length(currency) = 3", name=op.f("ck_loss_currency_iso")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_loss_source_known")),
        sa.CheckConstraint("state IN ('open', 'claimed', 'partly', 'settled', 'given_up')", name=op.f("ck_loss_state_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_loss_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_loss_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_loss_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_loss_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceeding.id"], name=op.f("fk_loss_proceeding_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss")),
    )
    op.create_index("ix_loss_case_id", "loss", ["case_id"])
    op.create_index("ix_loss_case_id_state", "loss", ["case_id", "state"])
    op.create_index("ix_loss_proceeding_id", "loss", ["proceeding_id"])
    op.create_table(
        "proceeding_sealed",
        sa.Column("lawyer", sa.LargeBinary(), nullable=True),
        sa.Column("office", sa.LargeBinary(), nullable=True),
        sa.Column("file_number", sa.LargeBinary(), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["proceeding.id"], name=op.f("fk_proceeding_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_sealed")),
    )
    op.create_table(
        "proceeding_step",
        sa.Column("proceeding_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_proceeding_step_source_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_proceeding_step_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_proceeding_step_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_proceeding_step_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_proceeding_step_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceeding.id"], name=op.f("fk_proceeding_step_proceeding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_step")),
    )
    op.create_index("ix_proceeding_step_case_id", "proceeding_step", ["case_id"])
    op.create_index("ix_proceeding_step_proceeding_id_recorded_at", "proceeding_step", ["proceeding_id", "recorded_at"])
    op.create_table(
        "claim_party",
        sa.Column("loss_id", sa.Uuid(), nullable=True),
        sa.Column("proceeding_id", sa.Uuid(), nullable=True),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(loss_id IS NULL) <> (proceeding_id IS NULL)", name=op.f("ck_claim_party_one_subject")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_claim_party_source_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_claim_party_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_claim_party_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_claim_party_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["loss_id"], ["loss.id"], name=op.f("fk_claim_party_loss_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_claim_party_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceeding.id"], name=op.f("fk_claim_party_proceeding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_party")),
    )
    op.create_index("ix_claim_party_case_id", "claim_party", ["case_id"])
    op.create_index("uq_claim_party_loss_id", "claim_party", ["loss_id"], unique=True)
    op.create_index("uq_claim_party_proceeding_id", "claim_party", ["proceeding_id"], unique=True)
    op.create_table(
        "hearing_sealed",
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("support", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["hearing.id"], name=op.f("fk_hearing_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_sealed")),
    )
    op.create_table(
        "loss_sealed",
        sa.Column("description", sa.LargeBinary(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["loss.id"], name=op.f("fk_loss_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_sealed")),
    )
    op.create_table(
        "proceeding_step_sealed",
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["proceeding_step.id"], name=op.f("fk_proceeding_step_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_step_sealed")),
    )
    op.create_table(
        "claim_party_sealed",
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["claim_party.id"], name=op.f("fk_claim_party_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_party_sealed")),
    )


def downgrade() -> None:
    """Without them."""
    for table in (
        "claim_party_sealed",
        "claim_party",
        "loss_sealed",
        "loss",
        "hearing_sealed",
        "hearing",
        "proceeding_step_sealed",
        "proceeding_step",
        "proceeding_sealed",
        "proceeding",
    ):
        op.drop_table(table)
