"""Hand-outs, lines for a household, where a receipt lies, why cash went over its limit, budgets of funds."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table and columns; earlier lines were each for one person."""
    op.create_table(
        "handout",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("house_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(group_id IS NULL) <> (house_id IS NULL)", name=op.f("ck_handout_one_place")),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=op.f("fk_handout_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_handout_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["group_id"], ["case_group.id"], name=op.f("fk_handout_group_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["house_id"], ["house.id"], name=op.f("fk_handout_house_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
    )
    op.create_index("ix_handout_group_id", "handout", ["group_id"])
    op.create_index("ix_handout_house_id", "handout", ["house_id"])
    with op.batch_alter_table("service_line") as batch:
        batch.add_column(sa.Column("persons", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("handout_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_service_line_handout_id"), "handout", ["handout_id"], ["id"], ondelete="RESTRICT")
        batch.create_check_constraint(op.f("ck_service_line_persons_positive"), "persons > 0")
    with op.batch_alter_table("service_line") as batch:
        batch.alter_column("persons", server_default=None)
    op.create_index("ix_service_line_handout_id", "service_line", ["handout_id"])
    with op.batch_alter_table("service_line_sealed") as batch:
        batch.add_column(sa.Column("paper", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("cap_reason", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("fund") as batch:
        batch.add_column(sa.Column("budget", sa.BigInteger(), nullable=True))
        batch.create_check_constraint(op.f("ck_fund_budget_positive"), "budget IS NULL OR budget > 0")


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("fund") as batch:
        batch.drop_constraint(op.f("ck_fund_budget_positive"), type_="check")
        batch.drop_column("budget")
    with op.batch_alter_table("service_line_sealed") as batch:
        batch.drop_column("cap_reason")
        batch.drop_column("paper")
    op.drop_index("ix_service_line_handout_id", table_name="service_line")
    with op.batch_alter_table("service_line") as batch:
        batch.drop_constraint(op.f("ck_service_line_persons_positive"), type_="check")
        batch.drop_constraint(op.f("fk_service_line_handout_id"), type_="foreignkey")
        batch.drop_column("handout_id")
        batch.drop_column("persons")
    op.drop_table("handout")
