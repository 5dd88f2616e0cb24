"""Health checks, sessions of the classes apart, and the sign of disability that statistics use."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

DISABILITY = "disability IN ('yes', 'no', 'unknown')"


def _record(table: str) -> list[sa.schema.SchemaItem]:
    """Columns and keys of every record of a case."""
    keys = [
        ("author_org_id", "organisation", "RESTRICT"),
        ("author_user_id", "user", "RESTRICT"),
        ("case_id", "case", "CASCADE"),
        ("on_behalf_org_id", "organisation", "RESTRICT"),
    ]
    return [
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f(f"ck_{table}_source_known")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=rule)
            for column, other, rule in keys
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _sealed(table: str, *columns: str) -> None:
    op.create_table(
        f"{table}_sealed",
        *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in columns),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], [f"{table}.id"], name=op.f(f"fk_{table}_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}_sealed")),
    )


def upgrade() -> None:
    """Tables, and a column that begins as 'unknown'."""
    op.create_table(
        "health_check",
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        *_record("health_check"),
        sa.CheckConstraint("consent IN ('yes', 'guardian', 'no')", name=op.f("ck_health_check_consent_known")),
        sa.CheckConstraint("data_class = 'health'", name=op.f("ck_health_check_class_health")),
    )
    op.create_index(op.f("ix_health_check_case_id"), "health_check", ["case_id"])
    op.create_index("ix_health_check_case_id_checked_on", "health_check", ["case_id", "checked_on"])
    _sealed("health_check", "answers", "facility", "note")
    op.create_table(
        "consultation",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("service_type", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        *_record("consultation"),
        sa.CheckConstraint(
            "data_class IN ('health', 'psychosocial', 'legal')", name=op.f("ck_consultation_class_of_its_own")
        ),
        sa.CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name=op.f("ck_consultation_corrects_another")),
        sa.CheckConstraint("next_on IS NULL OR next_on >= held_on", name=op.f("ck_consultation_next_follows")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["service_line.id"], name=op.f("fk_consultation_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["consultation.id"], name=op.f("fk_consultation_corrects_id"), ondelete="RESTRICT"
        ),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_consultation_corrects_id")),
    )
    op.create_index(op.f("ix_consultation_case_id"), "consultation", ["case_id"])
    op.create_index("ix_consultation_case_id_held_on", "consultation", ["case_id", "held_on"])
    op.create_index("ix_consultation_line_id", "consultation", ["line_id"])
    _sealed("consultation", "who", "note", "given")
    with op.batch_alter_table("case_statistic") as batch:
        batch.add_column(sa.Column("disability", sa.String(), nullable=False, server_default="unknown"))
    with op.batch_alter_table("case_statistic") as batch:
        batch.alter_column("disability", server_default=None)
        batch.create_check_constraint(op.f("ck_case_statistic_disability_known"), DISABILITY)


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("case_statistic") as batch:
        batch.drop_constraint(op.f("ck_case_statistic_disability_known"), type_="check")
        batch.drop_column("disability")
    for table in ("consultation", "health_check"):
        op.drop_table(f"{table}_sealed")
        op.drop_table(table)
