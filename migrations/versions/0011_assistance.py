"""Assistance: ledger lines, funds and shares, caps, needs of the first hour, stays."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc, uuid7

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CAPS = (
    # service, least hours between two, most times a day, refused instead of warned (defaults, editable)
    ("cooked_meal", None, 3, False),
    ("dry_food", 144, None, False),
    ("hygiene_kit", 312, None, False),
    ("dignity_kit", 312, None, False),
    ("baby_kit", 312, None, False),
    ("phone_card", 144, None, False),
    ("transit_centre_night", None, 1, False),
    ("shelter_night", None, 1, False),
    ("guesthouse_night", None, 1, False),
    ("cash_grant", 600, 1, True),
    ("pocket_money", 144, 1, True),
    ("voucher", 144, 1, True),
)


def upgrade() -> None:
    """Tables of assistance, with the caps an installation starts with."""
    op.create_table(
        "service_cap",
        sa.Column("service_type", sa.String(), nullable=False),
        sa.Column("min_interval_hours", sa.Integer(), nullable=True),
        sa.Column("max_per_day", sa.Integer(), nullable=True),
        sa.Column("blocks", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_per_day IS NULL OR max_per_day > 0", name=op.f("ck_service_cap_day_positive")),
        sa.CheckConstraint(
            "min_interval_hours IS NOT NULL OR max_per_day IS NOT NULL", name=op.f("ck_service_cap_says_something")
        ),
        sa.CheckConstraint(
            "min_interval_hours IS NULL OR min_interval_hours > 0", name=op.f("ck_service_cap_interval_positive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_cap")),
        sa.UniqueConstraint("service_type", name=op.f("uq_service_cap_service_type")),
    )

    op.create_table(
        "fund",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("donor", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_fund_interval_positive")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_fund_currency_iso")),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=op.f("fk_fund_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
    )
    op.create_index("uq_fund_org_id_donor_project", "fund", ["org_id", "donor", "project"], unique=True)

    op.create_table(
        "service_line",
        sa.Column("occurred_at", Utc(), nullable=False),
        sa.Column("service_type", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("provider_org_id", sa.Uuid(), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("over_cap", sa.Boolean(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("reversal_reason", sa.String(), nullable=True),
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
        sa.CheckConstraint(
            "receipt IN ('none', 'signature', 'thumbprint', 'witness')", name=op.f("ck_service_line_receipt_known")
        ),
        sa.CheckConstraint(
            "reversal_reason IS NULL OR reversal_reason IN ('twice', 'wrong_person', 'wrong_service', 'wrong_amount', 'not_given')",
            name=op.f("ck_service_line_reversal_reason_known"),
        ),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_service_line_source_known")
        ),
        sa.CheckConstraint("(cost IS NULL) = (currency IS NULL)", name=op.f("ck_service_line_cost_has_currency")),
        sa.CheckConstraint(
            "(reverses_id IS NULL) = (quantity > 0) AND quantity <> 0", name=op.f("ck_service_line_reversal_turns_sign")
        ),
        sa.CheckConstraint(
            "(reverses_id IS NULL) = (reversal_reason IS NULL)", name=op.f("ck_service_line_reversal_has_reason")
        ),
        sa.CheckConstraint("(unit_cost IS NULL) = (cost IS NULL)", name=op.f("ck_service_line_cost_has_unit_cost")),
        sa.CheckConstraint("currency IS NULL OR length(currency) = 3", name=op.f("ck_service_line_currency_iso")),
        sa.CheckConstraint("reverses_id IS NULL OR reverses_id <> id", name=op.f("ck_service_line_reverses_another")),
        sa.CheckConstraint("unit_cost IS NULL OR unit_cost >= 0", name=op.f("ck_service_line_unit_cost_not_negative")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_service_line_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_service_line_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_service_line_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["given_by"], ["user.id"], name=op.f("fk_service_line_given_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"],
            ["organisation.id"],
            name=op.f("fk_service_line_on_behalf_org_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["provider_org_id"], ["organisation.id"], name=op.f("fk_service_line_provider_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["service_line.id"], name=op.f("fk_service_line_reverses_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_line")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_service_line_reverses_id")),
    )
    op.create_index(
        "ix_service_line_author_user_id_occurred_at", "service_line", ["author_user_id", "occurred_at"], unique=False
    )
    op.create_index(op.f("ix_service_line_case_id"), "service_line", ["case_id"], unique=False)
    op.create_index("ix_service_line_case_id_occurred_at", "service_line", ["case_id", "occurred_at"], unique=False)
    op.create_index("ix_service_line_occurred_at", "service_line", ["occurred_at"], unique=False)
    op.create_index("ix_service_line_provider_org_id", "service_line", ["provider_org_id"], unique=False)

    op.create_table(
        "stay",
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("admission", sa.String(), nullable=False),
        sa.Column("exit_reason", sa.String(), nullable=True),
        sa.Column("left_recorded_by", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint(
            "admission IN ('agreed', 'guardian_agreed', 'emergency')", name=op.f("ck_stay_admission_known")
        ),
        sa.CheckConstraint(
            "exit_reason IS NULL OR exit_reason IN ('went_home', 'own_place', 'other_shelter', 'other_province', 'own_wish', 'unsafe', 'asked_to_leave')",
            name=op.f("ck_stay_exit_reason_known"),
        ),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_stay_source_known")),
        sa.CheckConstraint("(left_on IS NULL) = (exit_reason IS NULL)", name=op.f("ck_stay_exit_has_reason")),
        sa.CheckConstraint("left_on IS NULL OR left_on >= arrived_on", name=op.f("ck_stay_interval_positive")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_stay_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_stay_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_stay_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["left_recorded_by"], ["user.id"], name=op.f("fk_stay_left_recorded_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_stay_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    op.create_index(op.f("ix_stay_case_id"), "stay", ["case_id"], unique=False)
    op.create_index("ix_stay_case_id_arrived_on", "stay", ["case_id", "arrived_on"], unique=False)

    op.create_table(
        "emergency_need",
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint("line_id IS NULL OR state = 'given'", name=op.f("ck_emergency_need_line_only_when_given")),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_emergency_need_source_known")
        ),
        sa.CheckConstraint("state IN ('wanted', 'given', 'declined')", name=op.f("ck_emergency_need_state_known")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_emergency_need_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_emergency_need_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_emergency_need_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["line_id"], ["service_line.id"], name=op.f("fk_emergency_need_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"],
            ["organisation.id"],
            name=op.f("fk_emergency_need_on_behalf_org_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_need")),
    )
    op.create_index(op.f("ix_emergency_need_case_id"), "emergency_need", ["case_id"], unique=False)
    op.create_index(
        "ix_emergency_need_case_id_need", "emergency_need", ["case_id", "need", "recorded_at"], unique=False
    )
    op.create_index("ix_emergency_need_line_id", "emergency_need", ["line_id"], unique=False)

    op.create_table(
        "line_allocation",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("share > 0 AND share <= 10000", name=op.f("ck_line_allocation_share_in_range")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_line_allocation_fund_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["line_id"], ["service_line.id"], name=op.f("fk_line_allocation_line_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", "fund_id", name=op.f("pk_line_allocation")),
    )
    op.create_index("ix_line_allocation_fund_id", "line_allocation", ["fund_id"], unique=False)

    op.create_table(
        "service_line_sealed",
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["service_line.id"], name=op.f("fk_service_line_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_line_sealed")),
    )

    op.create_table(
        "stay_sealed",
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("bed", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["stay.id"], name=op.f("fk_stay_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_sealed")),
    )

    op.bulk_insert(
        sa.table(
            "service_cap",
            sa.column("id", sa.Uuid()),
            sa.column("version", sa.Integer()),
            sa.column("service_type", sa.String()),
            sa.column("min_interval_hours", sa.Integer()),
            sa.column("max_per_day", sa.Integer()),
            sa.column("blocks", sa.Boolean()),
            sa.column("active", sa.Boolean()),
        ),
        [
            {
                "id": uuid7(),
                "version": 1,
                "service_type": service,
                "min_interval_hours": hours,
                "max_per_day": times,
                "blocks": blocks,
                "active": True,
            }
            for service, hours, times, blocks in CAPS
        ],
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("stay_sealed")
    op.drop_table("service_line_sealed")
    op.drop_table("line_allocation")
    op.drop_table("emergency_need")
    op.drop_table("stay")
    op.drop_table("service_line")
    op.drop_table("fund")
    op.drop_table("service_cap")
