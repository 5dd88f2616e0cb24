"""First evening: stops of asking, private talks, paper forms; what all of a group share."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SOURCES = "source IN ('said', 'seen', 'paper', 'phone', 'import')"


def record(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of case records: its own columns and checks, then those that every record has."""
    op.create_table(
        name,
        *columns,
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
        sa.CheckConstraint(SOURCES, name=op.f(f"ck_{name}_source_known")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{name}_case_id"), ondelete="CASCADE"),
        *(
            sa.ForeignKeyConstraint([column], [table], name=op.f(f"fk_{name}_{column}"), ondelete="RESTRICT")
            for column, table in (
                ("author_org_id", "organisation.id"),
                ("author_user_id", "user.id"),
                ("on_behalf_org_id", "organisation.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"], unique=False)


def sealed(name: str, column: str) -> None:
    """The sealed words beside a table."""
    op.create_table(
        f"{name}_sealed",
        sa.Column(column, sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], [f"{name}.id"], name=op.f(f"fk_{name}_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}_sealed")),
    )


def upgrade() -> None:
    """Make the tables, and the columns of groups."""
    record(
        "ask_stop",
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("until_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "said_by IN ('person', 'worker', 'health_worker', 'guardian', 'interpreter')",
            name=op.f("ck_ask_stop_said_by_known"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_ask_stop_end_has_person")),
        sa.ForeignKeyConstraint(["ended_by"], ["user.id"], name=op.f("fk_ask_stop_ended_by"), ondelete="RESTRICT"),
    )
    op.create_index("ix_ask_stop_case_id_until_at", "ask_stop", ["case_id", "until_at"], unique=False)
    sealed("ask_stop", "reason")
    record(
        "private_talk",
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'declined', 'taken_back')", name=op.f("ck_private_talk_state_known")
        ),
    )
    record(
        "paper_sheet",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('first_evening', 'group_list')", name=op.f("ck_paper_sheet_kind_known")),
    )
    sealed("paper_sheet", "place")
    op.add_column("case_group", sa.Column("arrived_on", sa.Date(), nullable=True))
    op.add_column("case_group", sa.Column("manner_of_return", sa.String(), nullable=True))
    op.add_column("case_group_sealed", sa.Column("place", sa.LargeBinary(), nullable=True))
    op.add_column("case_group_sealed", sa.Column("vessel", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Without them."""
    for table, columns in (("case_group_sealed", ("vessel", "place")), ("case_group", ("manner_of_return", "arrived_on"))):
        for column in columns:
            op.drop_column(table, column)
    op.drop_table("paper_sheet_sealed")
    op.drop_index(op.f("ix_paper_sheet_case_id"), table_name="paper_sheet")
    op.drop_table("paper_sheet")
    op.drop_index(op.f("ix_private_talk_case_id"), table_name="private_talk")
    op.drop_table("private_talk")
    op.drop_table("ask_stop_sealed")
    op.drop_index("ix_ask_stop_case_id_until_at", table_name="ask_stop")
    op.drop_index(op.f("ix_ask_stop_case_id"), table_name="ask_stop")
    op.drop_table("ask_stop")
