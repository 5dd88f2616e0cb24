"""What is said outside the program about a referral, people sent back, and referrals in the place of others."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    with op.batch_alter_table("referral") as batch:
        batch.add_column(sa.Column("back_reason", sa.String(), nullable=True))
        batch.add_column(sa.Column("replaces_id", sa.Uuid(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_referral_back_is_done"), "back_reason IS NULL OR status = 'done'"
        )
        batch.create_foreign_key(
            op.f("fk_referral_replaces_id"), "referral", ["replaces_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_referral_replaces_id", "referral", ["replaces_id"])
    with op.batch_alter_table("organisation_service") as batch:
        batch.add_column(sa.Column("free_places", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("free_said_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint(
            op.f("ck_organisation_service_free_not_negative"), "free_places IS NULL OR free_places >= 0"
        )
        batch.create_check_constraint(
            op.f("ck_organisation_service_free_has_time"), "(free_places IS NULL) = (free_said_at IS NULL)"
        )
    op.create_table(
        "referral_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Uuid(), nullable=False),
        sa.Column("by_org_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "about IN ('answer', 'started', 'feedback', 'call')", name=op.f("ck_referral_talk_about_known")
        ),
        sa.CheckConstraint(
            "channel IN ('phone', 'letter', 'in_person', 'message', 'email')", name=op.f("ck_referral_talk_channel_known")
        ),
        sa.CheckConstraint("about = 'call' OR reached", name=op.f("ck_referral_talk_only_a_call_may_fail")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_talk_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user.id"], name=op.f("fk_referral_talk_by_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_org_id"], ["organisation.id"], name=op.f("fk_referral_talk_by_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_talk")),
    )
    op.create_index("ix_referral_talk_referral_id_at", "referral_talk", ["referral_id", "at"])
    op.create_table(
        "referral_talk_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("who", sa.LargeBinary(), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.Column("paper", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["referral_talk.id"], name=op.f("fk_referral_talk_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_talk_sealed")),
    )


def downgrade() -> None:
    """Drop them in the other order."""
    op.drop_table("referral_talk_sealed")
    op.drop_table("referral_talk")
    with op.batch_alter_table("organisation_service") as batch:
        batch.drop_constraint(op.f("ck_organisation_service_free_has_time"), type_="check")
        batch.drop_constraint(op.f("ck_organisation_service_free_not_negative"), type_="check")
        batch.drop_column("free_said_at")
        batch.drop_column("free_places")
    op.drop_index("ix_referral_replaces_id", table_name="referral")
    with op.batch_alter_table("referral") as batch:
        batch.drop_constraint(op.f("fk_referral_replaces_id"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_referral_back_is_done"), type_="check")
        batch.drop_column("replaces_id")
        batch.drop_column("back_reason")
