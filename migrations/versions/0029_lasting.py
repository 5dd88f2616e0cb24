"""Trips, who is inside, threats; how things stand and last, how long data are kept, what befell the person."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Trips, who is inside, threats; how things stand and last, how long data are kept, what befell the person."""
    op.create_table(
        "trip",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first_user_id", sa.Uuid(), nullable=False),
        sa.Column("second_user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_user_id <> second_user_id", name=op.f("ck_trip_two_people")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_trip_created_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["first_user_id"], ["user.id"], name=op.f("fk_trip_first_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=op.f("fk_trip_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["second_user_id"], ["user.id"], name=op.f("fk_trip_second_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip")),
    )
    op.create_index("ix_trip_org_id_day", "trip", ["org_id", "day"], unique=False)
    op.create_table(
        "fact_report",
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("kin", sa.String(), nullable=True),
        sa.Column("authority_told", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
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
            "kin IS NULL OR kin IN ('told', 'not_yet', 'not_safe', 'nobody')", name=op.f("ck_fact_report_kin_known")
        ),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_fact_report_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_fact_report_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_fact_report_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_fact_report_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["person_fact.id"], name=op.f("fk_fact_report_fact_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_fact_report_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_report")),
    )
    op.create_index(op.f("ix_fact_report_case_id"), "fact_report", ["case_id"], unique=False)
    op.create_index("ix_fact_report_fact_id", "fact_report", ["fact_id"], unique=False)
    op.create_table(
        "home_place",
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=True),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_home_place_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_home_place_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_home_place_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_home_place_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["district"], ["district.code"], name=op.f("fk_home_place_district"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_home_place_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["province"], ["province.code"], name=op.f("fk_home_place_province"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_place")),
    )
    op.create_index(op.f("ix_home_place_case_id"), "home_place", ["case_id"], unique=False)
    op.create_index("ix_home_place_case_id_recorded_at", "home_place", ["case_id", "recorded_at"], unique=False)
    op.create_table(
        "retention",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("retention_class", sa.String(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("told_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_retention_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_retention")),
    )
    op.create_index("ix_retention_keep_until", "retention", ["keep_until"], unique=False)
    op.create_table(
        "staff_threat",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("visits_stop", sa.Boolean(), nullable=False),
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
            "kind IN ('words', 'followed', 'phone', 'weapon', 'blow', 'other')", name=op.f("ck_staff_threat_kind_known")
        ),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_staff_threat_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_staff_threat_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_staff_threat_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_staff_threat_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"],
            ["organisation.id"],
            name=op.f("fk_staff_threat_on_behalf_org_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_threat")),
    )
    op.create_index(op.f("ix_staff_threat_case_id"), "staff_threat", ["case_id"], unique=False)
    op.create_table(
        "fact_report_sealed",
        sa.Column("known", sa.LargeBinary(), nullable=True),
        sa.Column("next_of_kin", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["fact_report.id"], name=op.f("fk_fact_report_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_report_sealed")),
    )
    op.create_table(
        "home_place_sealed",
        sa.Column("directions", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["home_place.id"], name=op.f("fk_home_place_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_place_sealed")),
    )
    op.create_table(
        "staff_threat_sealed",
        sa.Column("what", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["staff_threat.id"], name=op.f("fk_staff_threat_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_threat_sealed")),
    )
    op.create_table(
        "sustainability_score",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "hundredths >= 0 AND hundredths <= 100", name=op.f("ck_sustainability_score_hundredths_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_sustainability_score_follow_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "domain", name=op.f("pk_sustainability_score")),
    )
    op.create_table(
        "trip_visit",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("trip_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_trip_visit_follow_up_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], name=op.f("fk_trip_visit_trip_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("follow_up_id", name=op.f("pk_trip_visit")),
    )
    op.create_index("ix_trip_visit_trip_id", "trip_visit", ["trip_id"], unique=False)
    op.create_table(
        "visit_standing",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.CheckConstraint("standing IN ('well', 'worries', 'danger')", name=op.f("ck_visit_standing_standing_known")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_visit_standing_follow_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("follow_up_id", name=op.f("pk_visit_standing")),
    )
    op.create_table(
        "visit_watch",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("in_at", Utc(), nullable=False),
        sa.Column("back_by", Utc(), nullable=False),
        sa.Column("out_at", Utc(), nullable=True),
        sa.Column("alarm_at", Utc(), nullable=True),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_visit_watch_source_known")
        ),
        sa.CheckConstraint("back_by > in_at", name=op.f("ck_visit_watch_back_after_in")),
        sa.CheckConstraint("out_at >= in_at", name=op.f("ck_visit_watch_out_after_in")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_visit_watch_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_visit_watch_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_visit_watch_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_visit_watch_follow_up_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_visit_watch_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_watch")),
    )
    op.create_index(op.f("ix_visit_watch_case_id"), "visit_watch", ["case_id"], unique=False)
    op.create_index("ix_visit_watch_follow_up_id", "visit_watch", ["follow_up_id"], unique=False)
    op.create_index("ix_visit_watch_out_at_back_by", "visit_watch", ["out_at", "back_by"], unique=False)


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_visit_watch_out_at_back_by", table_name="visit_watch")
    op.drop_index("ix_visit_watch_follow_up_id", table_name="visit_watch")
    op.drop_index(op.f("ix_visit_watch_case_id"), table_name="visit_watch")
    op.drop_table("visit_watch")
    op.drop_table("visit_standing")
    op.drop_index("ix_trip_visit_trip_id", table_name="trip_visit")
    op.drop_table("trip_visit")
    op.drop_table("sustainability_score")
    op.drop_table("staff_threat_sealed")
    op.drop_table("home_place_sealed")
    op.drop_table("fact_report_sealed")
    op.drop_index(op.f("ix_staff_threat_case_id"), table_name="staff_threat")
    op.drop_table("staff_threat")
    op.drop_index("ix_retention_keep_until", table_name="retention")
    op.drop_table("retention")
    op.drop_index("ix_home_place_case_id_recorded_at", table_name="home_place")
    op.drop_index(op.f("ix_home_place_case_id"), table_name="home_place")
    op.drop_table("home_place")
    op.drop_index("ix_fact_report_fact_id", table_name="fact_report")
    op.drop_index(op.f("ix_fact_report_case_id"), table_name="fact_report")
    op.drop_table("fact_report")
    op.drop_index("ix_trip_org_id_day", table_name="trip")
    op.drop_table("trip")
