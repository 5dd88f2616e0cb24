"""Reintegration: plan, stage, follow-ups, attempts, closure."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of reintegration."""
    op.create_table(
        "closure",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_view", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("recontact", sa.Boolean(), nullable=False),
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
            "person_view IN ('agrees', 'disagrees', 'could_not_be_asked')", name=op.f("ck_closure_person_view_known")
        ),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_closure_source_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'second', 'approved', 'returned')", name=op.f("ck_closure_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_closure_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_closure_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_closure_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_closure_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index(op.f("ix_closure_case_id"), "closure", ["case_id"], unique=False)
    op.create_index("ix_closure_case_id_state", "closure", ["case_id", "state"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("missed_reason", sa.String(), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
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
            "(state = 'cancelled') = (cancelled_reason IS NOT NULL)", name=op.f("ck_follow_up_cancelled_has_reason")
        ),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_follow_up_done_has_date")),
        sa.CheckConstraint(
            "(state = 'missed') = (missed_reason IS NOT NULL)", name=op.f("ck_follow_up_missed_has_reason")
        ),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_follow_up_source_known")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'done', 'missed', 'cancelled')", name=op.f("ck_follow_up_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user.id"], name=op.f("fk_follow_up_assignee_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_follow_up_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_follow_up_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_follow_up_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_follow_up_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index(op.f("ix_follow_up_case_id"), "follow_up", ["case_id"], unique=False)
    op.create_index("ix_follow_up_case_id_due_on", "follow_up", ["case_id", "due_on"], unique=False)
    op.create_index("ix_follow_up_state_due_on", "follow_up", ["state", "due_on"], unique=False)

    op.create_table(
        "plan",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_plan_source_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'approved', 'returned', 'replaced')", name=op.f("ck_plan_state_known")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_plan_number_positive")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_plan_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_plan_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_plan_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_plan_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_case_id"), "plan", ["case_id"], unique=False)
    op.create_index("uq_plan_case_id_number", "plan", ["case_id", "number"], unique=True)

    op.create_table(
        "reintegration_stage",
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_reintegration_stage_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"],
            ["organisation.id"],
            name=op.f("fk_reintegration_stage_author_org_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_reintegration_stage_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_reintegration_stage_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"],
            ["organisation.id"],
            name=op.f("fk_reintegration_stage_on_behalf_org_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reintegration_stage")),
    )
    op.create_index(op.f("ix_reintegration_stage_case_id"), "reintegration_stage", ["case_id"], unique=False)
    op.create_index(
        "ix_reintegration_stage_case_id_recorded_at", "reintegration_stage", ["case_id", "recorded_at"], unique=False
    )

    op.create_table(
        "closure_outcome",
        sa.Column("closure_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["closure.id"], name=op.f("fk_closure_outcome_closure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("closure_id", "outcome", name=op.f("pk_closure_outcome")),
    )

    op.create_table(
        "closure_sealed",
        sa.Column("situation", sa.LargeBinary(), nullable=True),
        sa.Column("explanation", sa.LargeBinary(), nullable=True),
        sa.Column("recontact_rule", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["closure.id"], name=op.f("fk_closure_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure_sealed")),
    )

    op.create_table(
        "contact_attempt",
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_contact_attempt_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_contact_attempt_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_contact_attempt_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_contact_attempt_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_contact_attempt_follow_up_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"],
            ["organisation.id"],
            name=op.f("fk_contact_attempt_on_behalf_org_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index(op.f("ix_contact_attempt_case_id"), "contact_attempt", ["case_id"], unique=False)
    op.create_index("ix_contact_attempt_case_id_tried_on", "contact_attempt", ["case_id", "tried_on"], unique=False)
    op.create_index("ix_contact_attempt_follow_up_id", "contact_attempt", ["follow_up_id"], unique=False)

    op.create_table(
        "follow_up_change",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("by_user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("what IN ('state', 'due_on')", name=op.f("ck_follow_up_change_what_known")),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user.id"], name=op.f("fk_follow_up_change_by_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_follow_up_change_follow_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_change")),
    )
    op.create_index("ix_follow_up_change_follow_up_id_at", "follow_up_change", ["follow_up_id", "at"], unique=False)

    op.create_table(
        "follow_up_sealed",
        sa.Column("situation", sa.LargeBinary(), nullable=True),
        sa.Column("promises", sa.LargeBinary(), nullable=True),
        sa.Column("next_steps", sa.LargeBinary(), nullable=True),
        sa.Column("missed_note", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["follow_up.id"], name=op.f("fk_follow_up_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_sealed")),
    )

    op.create_table(
        "outcome_score",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("score >= 1 AND score <= 4", name=op.f("ck_outcome_score_score_in_range")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_outcome_score_follow_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "domain", name=op.f("pk_outcome_score")),
    )

    op.create_table(
        "plan_goal",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("owner_user_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'reached', 'dropped')", name=op.f("ck_plan_goal_state_known")),
        sa.CheckConstraint("position > 0", name=op.f("ck_plan_goal_position_positive")),
        sa.ForeignKeyConstraint(
            ["owner_user_id"], ["user.id"], name=op.f("fk_plan_goal_owner_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_goal_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal")),
    )
    op.create_index("uq_plan_goal_plan_id_position", "plan_goal", ["plan_id", "position"], unique=True)

    op.create_table(
        "plan_goal_sealed",
        sa.Column("goal", sa.LargeBinary(), nullable=True),
        sa.Column("action", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["plan_goal.id"], name=op.f("fk_plan_goal_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal_sealed")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("plan_goal_sealed")
    op.drop_table("plan_goal")
    op.drop_table("outcome_score")
    op.drop_table("follow_up_sealed")
    op.drop_table("follow_up_change")
    op.drop_table("contact_attempt")
    op.drop_table("closure_sealed")
    op.drop_table("closure_outcome")
    op.drop_table("reintegration_stage")
    op.drop_table("plan")
    op.drop_table("follow_up")
    op.drop_table("closure")
