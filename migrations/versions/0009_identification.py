"""Identification: tables of casework.identification."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Events with members, codes, places and alleged offenders; screenings; decisions; risk."""
    op.create_table(
        "trafficking_event",
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurred_precision", sa.String(), nullable=True),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("changed_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_trafficking_event_source_known")),
        sa.CheckConstraint("(occurred_from IS NULL) = (occurred_to IS NULL)", name=op.f("ck_trafficking_event_interval_whole")),
        sa.CheckConstraint("occurred_to >= occurred_from", name=op.f("ck_trafficking_event_interval_positive")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_trafficking_event_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_trafficking_event_author_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_event")),
    )
    op.create_table(
        "alleged_offender",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("citizenship", sa.String(), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'legal_entity')", name=op.f("ck_alleged_offender_kind_known")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_alleged_offender_source_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_alleged_offender_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_alleged_offender_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["event_id"], ["trafficking_event.id"], name=op.f("fk_alleged_offender_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alleged_offender")),
    )
    op.create_index("ix_alleged_offender_event_id", "alleged_offender", ["event_id"])
    op.create_table(
        "trafficking_event_code",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.CheckConstraint("list IN ('act', 'protocol_means', 'exploitation_type', 'means_of_control', 'labour_sector', 'sexual_exploitation_type', 'recruitment_method', 'recruiter_relation')", name=op.f("ck_trafficking_event_code_list_known")),
        sa.ForeignKeyConstraint(["event_id"], ["trafficking_event.id"], name=op.f("fk_trafficking_event_code_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "list", "code", name=op.f("pk_trafficking_event_code")),
    )
    op.create_index("ix_trafficking_event_code_list_code", "trafficking_event_code", ["list", "code"])
    op.create_table(
        "trafficking_event_place",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("stage IN ('recruitment', 'transit', 'exploitation')", name=op.f("ck_trafficking_event_place_stage_known")),
        sa.ForeignKeyConstraint(["event_id"], ["trafficking_event.id"], name=op.f("fk_trafficking_event_place_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_event_place")),
        sa.UniqueConstraint("event_id", "stage", "position", name=op.f("uq_trafficking_event_place_event_id_stage_position")),
    )
    op.create_table(
        "trafficking_event_sealed",
        sa.Column("account", sa.LargeBinary(), nullable=True),
        sa.Column("names", sa.LargeBinary(), nullable=True),
        sa.Column("places", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["trafficking_event.id"], name=op.f("fk_trafficking_event_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_event_sealed")),
    )
    op.create_table(
        "alleged_offender_role",
        sa.Column("offender_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["offender_id"], ["alleged_offender.id"], name=op.f("fk_alleged_offender_role_offender_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("offender_id", "code", name=op.f("pk_alleged_offender_role")),
    )
    op.create_table(
        "alleged_offender_sealed",
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("description", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["alleged_offender.id"], name=op.f("fk_alleged_offender_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alleged_offender_sealed")),
    )
    op.create_table(
        "risk_assessment",
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
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
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_risk_assessment_source_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_risk_assessment_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_risk_assessment_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_risk_assessment_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_risk_assessment_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessment")),
    )
    op.create_index(op.f("ix_risk_assessment_case_id"), "risk_assessment", ["case_id"])
    op.create_index("ix_risk_assessment_case_id_recorded_at", "risk_assessment", ["case_id", "recorded_at"])
    op.create_table(
        "screening",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("present", sa.String(), nullable=False),
        sa.Column("started_at", Utc(), nullable=False),
        sa.Column("changed_at", Utc(), nullable=False),
        sa.Column("paused_at", Utc(), nullable=True),
        sa.Column("finished_at", Utc(), nullable=True),
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
        sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name=op.f("ck_screening_finished_has_time")),
        sa.CheckConstraint("present IN ('nobody', 'guardian', 'trusted_person', 'relative', 'official', 'other_survivors', 'other')", name=op.f("ck_screening_present_known")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_screening_source_known")),
        sa.CheckConstraint("state IN ('open', 'paused', 'finished')", name=op.f("ck_screening_state_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_screening_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_screening_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_screening_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_screening_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    op.create_index(op.f("ix_screening_case_id"), "screening", ["case_id"])
    op.create_index("ix_screening_case_id_started_at", "screening", ["case_id", "started_at"])
    op.create_table(
        "trafficking_event_case",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
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
        sa.CheckConstraint("role IN ('exploited', 'intercepted', 'child_of', 'witness')", name=op.f("ck_trafficking_event_case_role_known")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_trafficking_event_case_source_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_trafficking_event_case_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_trafficking_event_case_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_trafficking_event_case_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["trafficking_event.id"], name=op.f("fk_trafficking_event_case_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_trafficking_event_case_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_event_case")),
        sa.UniqueConstraint("event_id", "case_id", name=op.f("uq_trafficking_event_case_event_id_case_id")),
    )
    op.create_index(op.f("ix_trafficking_event_case_case_id"), "trafficking_event_case", ["case_id"])
    op.create_table(
        "identification_decision",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("form_tag", sa.String(), nullable=True),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("screening_id", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_identification_decision_source_known")),
        sa.CheckConstraint("status NOT IN ('formally_identified', 'formally_not_identified', 'formal_under_review') OR (track = 'formal' AND occurred_from IS NOT NULL)", name=op.f("ck_identification_decision_outcome_dated")),
        sa.CheckConstraint("track IN ('presumed', 'formal')", name=op.f("ck_identification_decision_track_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_identification_decision_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_identification_decision_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_identification_decision_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_identification_decision_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["screening_id"], ["screening.id"], name=op.f("fk_identification_decision_screening_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identification_decision")),
    )
    op.create_index(op.f("ix_identification_decision_case_id"), "identification_decision", ["case_id"])
    op.create_index("ix_identification_decision_case_id_recorded_at", "identification_decision", ["case_id", "recorded_at"])
    op.create_index(op.f("ix_identification_decision_screening_id"), "identification_decision", ["screening_id"])
    op.create_index("ix_identification_decision_status", "identification_decision", ["status"])
    op.create_table(
        "risk_assessment_sealed",
        sa.Column("safety_note", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["risk_assessment.id"], name=op.f("fk_risk_assessment_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessment_sealed")),
    )
    op.create_table(
        "screening_indicator",
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("strength", sa.String(), nullable=True),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=True),
        sa.Column("noted_at", Utc(), nullable=False),
        sa.CheckConstraint("(provenance = 'earlier') = (earlier_id IS NOT NULL)", name=op.f("ck_screening_indicator_earlier_named")),
        sa.CheckConstraint("list IN ('act', 'protocol_means', 'exploitation_type', 'indicator', 'forced_labour_indicator', 'supplementary_indicator', 'scam_compound_indicator')", name=op.f("ck_screening_indicator_list_known")),
        sa.CheckConstraint("provenance IN ('here', 'earlier')", name=op.f("ck_screening_indicator_provenance_known")),
        sa.CheckConstraint("strength IS NULL OR strength IN ('S', 'M', 'W')", name=op.f("ck_screening_indicator_strength_known")),
        sa.ForeignKeyConstraint(["earlier_id"], ["screening.id"], name=op.f("fk_screening_indicator_earlier_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["screening_id"], ["screening.id"], name=op.f("fk_screening_indicator_screening_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("screening_id", "list", "code", name=op.f("pk_screening_indicator")),
    )
    op.create_index("ix_screening_indicator_earlier_id", "screening_indicator", ["earlier_id"])
    op.create_table(
        "screening_sealed",
        sa.Column("testimony", sa.LargeBinary(), nullable=True),
        sa.Column("setting", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["screening.id"], name=op.f("fk_screening_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_sealed")),
    )
    op.create_table(
        "identification_decision_sealed",
        sa.Column("office", sa.LargeBinary(), nullable=True),
        sa.Column("document_number", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["identification_decision.id"], name=op.f("fk_identification_decision_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identification_decision_sealed")),
    )


def downgrade() -> None:
    """Take the tables away again."""
    for table in (
        "identification_decision_sealed",
        "screening_sealed",
        "screening_indicator",
        "risk_assessment_sealed",
        "identification_decision",
        "trafficking_event_case",
        "screening",
        "risk_assessment",
        "alleged_offender_sealed",
        "alleged_offender_role",
        "trafficking_event_sealed",
        "trafficking_event_place",
        "trafficking_event_code",
        "alleged_offender",
        "trafficking_event",
    ):
        op.drop_table(table)
