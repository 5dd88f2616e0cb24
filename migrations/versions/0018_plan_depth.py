"""Assessment, safety plan, promises, steps of goals, papers of the stages."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Assessment, safety plan, promises, steps of goals, papers of the stages."""
    op.create_table(
        "assessment",
        sa.Column("assessed_on", sa.Date(), nullable=False),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_assessment_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_assessment_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_assessment_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assessment_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_assessment_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_case_id"), "assessment", ["case_id"], unique=False)
    op.create_index("ix_assessment_case_id_assessed_on", "assessment", ["case_id", "assessed_on"], unique=False)
    op.create_table(
        "promise",
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner_user_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
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
        sa.CheckConstraint("(state = 'not_kept') = (why IS NOT NULL)", name=op.f("ck_promise_broken_has_reason")),
        sa.CheckConstraint("(state = 'open') = (settled_on IS NULL)", name=op.f("ck_promise_settled_has_date")),
        sa.CheckConstraint(
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_promise_source_known")
        ),
        sa.CheckConstraint("state IN ('open', 'kept', 'not_kept')", name=op.f("ck_promise_state_known")),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_promise_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_promise_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_promise_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_promise_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["owner_user_id"], ["user.id"], name=op.f("fk_promise_owner_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index(op.f("ix_promise_case_id"), "promise", ["case_id"], unique=False)
    op.create_index("ix_promise_case_id_state", "promise", ["case_id", "state"], unique=False)
    op.create_table(
        "safety_plan",
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_safety_plan_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_safety_plan_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_safety_plan_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_safety_plan_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_safety_plan_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_plan")),
    )
    op.create_index(op.f("ix_safety_plan_case_id"), "safety_plan", ["case_id"], unique=False)
    op.create_index("ix_safety_plan_case_id_agreed_on", "safety_plan", ["case_id", "agreed_on"], unique=False)
    op.create_table(
        "assessment_factor",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("factor", sa.String(), nullable=False),
        sa.CheckConstraint("side IN ('risk', 'protective')", name=op.f("ck_assessment_factor_side_known")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_factor_assessment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "side", "factor", name=op.f("pk_assessment_factor")),
    )
    op.create_table(
        "assessment_need",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.CheckConstraint("level IN ('some', 'urgent')", name=op.f("ck_assessment_need_level_known")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_need_assessment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "need", name=op.f("pk_assessment_need")),
    )
    op.create_table(
        "assessment_sealed",
        sa.Column("wishes", sa.LargeBinary(), nullable=True),
        sa.Column("strengths", sa.LargeBinary(), nullable=True),
        sa.Column("worries", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["assessment.id"], name=op.f("fk_assessment_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_sealed")),
    )
    op.create_table(
        "promise_sealed",
        sa.Column("what", sa.LargeBinary(), nullable=True),
        sa.Column("by_whom", sa.LargeBinary(), nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["promise.id"], name=op.f("fk_promise_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_sealed")),
    )
    op.create_table(
        "safety_plan_sealed",
        sa.Column("signs", sa.LargeBinary(), nullable=True),
        sa.Column("steps", sa.LargeBinary(), nullable=True),
        sa.Column("places", sa.LargeBinary(), nullable=True),
        sa.Column("people", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["safety_plan.id"], name=op.f("fk_safety_plan_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_plan_sealed")),
    )
    op.create_table(
        "stage_paper",
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("there_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
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
            "source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_stage_paper_source_known")
        ),
        sa.ForeignKeyConstraint(
            ["author_org_id"], ["organisation.id"], name=op.f("fk_stage_paper_author_org_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_user_id"], ["user.id"], name=op.f("fk_stage_paper_author_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_stage_paper_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_stage_paper_document_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_stage_paper_on_behalf_org_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_paper")),
    )
    op.create_index(op.f("ix_stage_paper_case_id"), "stage_paper", ["case_id"], unique=False)
    op.create_index("ix_stage_paper_document_id", "stage_paper", ["document_id"], unique=False)
    op.create_index("uq_stage_paper_case_id_paper", "stage_paper", ["case_id", "author_org_id", "paper"], unique=True)
    op.create_table(
        "plan_action",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("owner_user_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_plan_action_position_positive")),
        sa.ForeignKeyConstraint(["goal_id"], ["plan_goal.id"], name=op.f("fk_plan_action_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["owner_user_id"], ["user.id"], name=op.f("fk_plan_action_owner_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
    )
    op.create_index("uq_plan_action_goal_id_position", "plan_action", ["goal_id", "position"], unique=True)
    op.create_table(
        "plan_action_sealed",
        sa.Column("action", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["plan_action.id"], name=op.f("fk_plan_action_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action_sealed")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("plan_action_sealed")
    op.drop_index("uq_plan_action_goal_id_position", table_name="plan_action")
    op.drop_table("plan_action")
    op.drop_index("uq_stage_paper_case_id_paper", table_name="stage_paper")
    op.drop_index("ix_stage_paper_document_id", table_name="stage_paper")
    op.drop_index(op.f("ix_stage_paper_case_id"), table_name="stage_paper")
    op.drop_table("stage_paper")
    op.drop_table("safety_plan_sealed")
    op.drop_table("promise_sealed")
    op.drop_table("assessment_sealed")
    op.drop_table("assessment_need")
    op.drop_table("assessment_factor")
    op.drop_index("ix_safety_plan_case_id_agreed_on", table_name="safety_plan")
    op.drop_index(op.f("ix_safety_plan_case_id"), table_name="safety_plan")
    op.drop_table("safety_plan")
    op.drop_index("ix_promise_case_id_state", table_name="promise")
    op.drop_index(op.f("ix_promise_case_id"), table_name="promise")
    op.drop_table("promise")
    op.drop_index("ix_assessment_case_id_assessed_on", table_name="assessment")
    op.drop_index(op.f("ix_assessment_case_id"), table_name="assessment")
    op.drop_table("assessment")
