"""Reports that are kept: saved_filter, frozen_report, and what is sealed of them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SPANS = "'fixed', 'this_month', 'last_month', 'this_quarter', 'last_quarter', 'this_year', 'last_year'"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_filter",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(f"span IN ({SPANS})", name=op.f("ck_saved_filter_span_known")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_filter_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_saved_filter_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
    )
    op.create_index("ix_saved_filter_user_id_org_id", "saved_filter", ["user_id", "org_id"])
    op.create_table(
        "saved_filter_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["saved_filter.id"], name=op.f("fk_saved_filter_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter_sealed")),
    )
    op.create_table(
        "frozen_report",
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "report IN ('referrals', 'indicators', 'persons')", name=op.f("ck_frozen_report_report_known")
        ),
        sa.CheckConstraint("first <= last", name=op.f("ck_frozen_report_days_in_order")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_frozen_report_digest_whole")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_frozen_report_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_frozen_report_author_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
    )
    op.create_index("ix_frozen_report_author_org_id_frozen_at", "frozen_report", ["author_org_id", "frozen_at"])
    op.create_index(op.f("ix_frozen_report_author_user_id"), "frozen_report", ["author_user_id"])
    op.create_table(
        "frozen_report_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("receiver", sa.LargeBinary(), nullable=True),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["frozen_report.id"], name=op.f("fk_frozen_report_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report_sealed")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("frozen_report_sealed")
    op.drop_table("frozen_report")
    op.drop_table("saved_filter_sealed")
    op.drop_table("saved_filter")
