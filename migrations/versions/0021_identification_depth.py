"""Depth of identification: conduct and told answers of a screening, requests for a formal decision, its paper."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = "list IN ('act', 'protocol_means', 'exploitation_type', 'indicator', 'forced_labour_indicator', 'supplementary_indicator', 'scam_compound_indicator')"
AFTER = "list IN ('act', 'protocol_means', 'exploitation_type', 'indicator', 'forced_labour_indicator', 'supplementary_indicator', 'scam_compound_indicator', 'vulnerability')"
KNOWN = "ck_screening_indicator_list_known"


def upgrade() -> None:
    """New columns, a wider list of lists, the table of requests."""
    with op.batch_alter_table("screening") as batch:
        batch.add_column(sa.Column("preferred_sex", sa.String(), nullable=True))
        batch.add_column(sa.Column("interviewer_sex", sa.String(), nullable=True))
        batch.add_column(sa.Column("interpreter_sex", sa.String(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_screening_preferred_sex_known"),
            "preferred_sex IS NULL OR preferred_sex IN ('female', 'male', 'either')",
        )
        for name in ("interviewer_sex", "interpreter_sex"):
            batch.create_check_constraint(
                op.f(f"ck_screening_{name}_known"), f"{name} IS NULL OR {name} IN ('female', 'male')"
            )
    with op.batch_alter_table("screening_sealed") as batch:
        batch.add_column(sa.Column("answers", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("screening_indicator") as batch:
        batch.drop_constraint(op.f(KNOWN), type_="check")
        batch.create_check_constraint(op.f(KNOWN), AFTER)
    with op.batch_alter_table("identification_decision") as batch:
        batch.add_column(sa.Column("document_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_identification_decision_document_id"), "document", ["document_id"], ["id"], ondelete="RESTRICT"
        )
    op.create_index("ix_identification_decision_document_id", "identification_decision", ["document_id"])
    op.create_table(
        "formal_request",
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("reflection_until", sa.Date(), nullable=True),
        sa.Column("accompanied", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("state NOT IN ('asked', 'answered') OR asked_on IS NOT NULL", name=op.f("ck_formal_request_asked_dated")),
        sa.CheckConstraint("state <> 'reflecting' OR reflection_until IS NOT NULL", name=op.f("ck_formal_request_reflection_ends")),
        sa.CheckConstraint("source IN ('said', 'seen', 'paper', 'phone', 'import')", name=op.f("ck_formal_request_source_known")),
        sa.CheckConstraint("state IN ('reflecting', 'asked', 'not_wanted', 'withdrawn', 'answered')", name=op.f("ck_formal_request_state_known")),
        sa.ForeignKeyConstraint(["author_org_id"], ["organisation.id"], name=op.f("fk_formal_request_author_org_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_user_id"], ["user.id"], name=op.f("fk_formal_request_author_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_formal_request_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["on_behalf_org_id"], ["organisation.id"], name=op.f("fk_formal_request_on_behalf_org_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formal_request")),
    )
    op.create_index("ix_formal_request_case_id", "formal_request", ["case_id"])
    op.create_index("ix_formal_request_case_id_state", "formal_request", ["case_id", "state"])
    op.create_table(
        "formal_request_sealed",
        sa.Column("office", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["formal_request.id"], name=op.f("fk_formal_request_sealed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formal_request_sealed")),
    )


def downgrade() -> None:
    """As before; what was noted of vulnerability is lost."""
    op.drop_table("formal_request_sealed")
    op.drop_table("formal_request")
    op.drop_index("ix_identification_decision_document_id", "identification_decision")
    with op.batch_alter_table("identification_decision") as batch:
        batch.drop_constraint(op.f("fk_identification_decision_document_id"), type_="foreignkey")
        batch.drop_column("document_id")
    op.execute("DELETE FROM screening_indicator WHERE list = 'vulnerability'")
    with op.batch_alter_table("screening_indicator") as batch:
        batch.drop_constraint(op.f(KNOWN), type_="check")
        batch.create_check_constraint(op.f(KNOWN), BEFORE)
    with op.batch_alter_table("screening_sealed") as batch:
        batch.drop_column("answers")
    with op.batch_alter_table("screening") as batch:
        for name in ("preferred_sex", "interviewer_sex", "interpreter_sex"):
            batch.drop_constraint(op.f(f"ck_screening_{name}_known"), type_="check")
            batch.drop_column(name)
