"""The register of letters in and out; letters that carry many referrals; signed scans."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DIRECTION = "direction IN ('out', 'in')"
SUBJECT = "subject IN ('referral', 'transfer', 'request', 'answer', 'report', 'identification', 'return', 'other')"


def upgrade() -> None:
    """Make the tables; each referral sent so far gets the letter whose number it carries."""
    _scan()
    _letter()
    _sealed_and_cases()
    with op.batch_alter_table("referral") as batch:
        batch.drop_constraint(op.f("uq_referral_author_org_id_letter_number"), type_="unique")
        batch.add_column(sa.Column("letter_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_referral_letter_id"), "letter", ["letter_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_referral_letter_id", "referral", ["letter_id"])
    op.execute(
        "INSERT INTO letter (id, org_id, direction, year, number, day, subject, general, author_user_id, recorded_at,"
        " version) SELECT id, author_org_id, 'out', CAST(substr(letter_number, 1, 4) AS INTEGER),"
        " CAST(substr(letter_number, 6) AS INTEGER), date(sent_at), kind, FALSE, author_user_id, sent_at, 1"
        " FROM referral WHERE letter_number LIKE '____/%'"
    )
    op.execute("UPDATE referral SET letter_id = id WHERE letter_number LIKE '____/%'")
    _counter("direction")
    op.execute(
        "INSERT INTO letter_counter (org_id, direction, year, last)"
        " SELECT org_id, 'out', year, max(number) FROM letter GROUP BY org_id, year"
    )


def downgrade() -> None:
    """A referral has a number of its own again: lines of one letter are told apart by a part of their id."""
    op.execute(
        "UPDATE referral SET letter_number = letter_number || '-' || substr(CAST(id AS VARCHAR(36)), 1, 36)"
        " WHERE EXISTS (SELECT 1 FROM referral other WHERE other.letter_number = referral.letter_number"
        " AND other.author_org_id = referral.author_org_id AND other.id < referral.id)"
    )
    op.drop_table("letter_counter")
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
    op.execute(
        "INSERT INTO letter_counter (org_id, year, last)"
        " SELECT org_id, year, max(number) FROM letter WHERE direction = 'out' GROUP BY org_id, year"
    )
    op.drop_index("ix_referral_letter_id", table_name="referral")
    with op.batch_alter_table("referral") as batch:
        batch.drop_constraint(op.f("fk_referral_letter_id"), type_="foreignkey")
        batch.drop_column("letter_id")
        batch.create_unique_constraint(
            op.f("uq_referral_author_org_id_letter_number"), ["author_org_id", "letter_number"]
        )
    op.execute("DELETE FROM timeline_entry WHERE kind = 'letter_case'")
    op.drop_table("letter_case")
    op.drop_table("letter_sealed")
    op.drop_table("letter")
    op.drop_table("scan")


def _scan() -> None:
    op.create_table(
        "scan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("by_user_id", sa.Uuid(), nullable=False),
        sa.Column("by_org_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_scan_size_positive")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_scan_sha256_whole")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user.id"], name=op.f("fk_scan_by_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["by_org_id"], ["organisation.id"], name=op.f("fk_scan_by_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("file_id", name=op.f("uq_scan_file_id")),
    )


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("other_org_id", sa.Uuid(), nullable=True),
        sa.Column("general", sa.Boolean(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(DIRECTION, name=op.f("ck_letter_direction_known")),
        sa.CheckConstraint(SUBJECT, name=op.f("ck_letter_subject_known")),
        sa.CheckConstraint("number > 0", name=op.f("ck_letter_number_positive")),
        sa.CheckConstraint("other_org_id IS NULL OR other_org_id <> org_id", name=op.f("ck_letter_with_another")),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=op.f("fk_letter_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["other_org_id"], ["organisation.id"], name=op.f("fk_letter_other_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_letter_scan_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_letter_author_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint(
            "org_id", "direction", "year", "number", name=op.f("uq_letter_org_id_direction_year_number")
        ),
    )
    op.create_index("ix_letter_scan_id", "letter", ["scan_id"])


def _sealed_and_cases() -> None:
    op.create_table(
        "letter_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in ("other_name", "their_number", "about", "paper")),
        sa.ForeignKeyConstraint(["id"], ["letter.id"], name=op.f("fk_letter_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_sealed")),
    )
    op.create_table(
        "letter_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_letter_case_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_case_letter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_letter_case_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_letter_case_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_letter_case_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_letter_case_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_case")),
        sa.UniqueConstraint("letter_id", "case_id", name=op.f("uq_letter_case_letter_id_case_id")),
    )
    op.create_index("ix_letter_case_case_id", "letter_case", ["case_id"])


def _counter(*more: str) -> None:
    """The counter with the direction in its key, filled from the letters."""
    op.drop_table("letter_counter")
    op.create_table(
        "letter_counter",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in more),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint(DIRECTION, name=op.f("ck_letter_counter_direction_known")),
        sa.CheckConstraint("last >= 0", name=op.f("ck_letter_counter_last_not_negative")),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_letter_counter_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("org_id", *more, "year", name=op.f("pk_letter_counter")),
    )
