"""Ground: tables of casework.vault and casework.audit; those of casework.writes follow in 0005."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROOT_KINDS = "root_kind IN ('person', 'third_person', 'event', 'group', 'letter', 'movement', 'case', 'draft', 'system')"
STREAM_KINDS = "stream_kind IN ('case', 'user', 'system')"


def upgrade() -> None:
    """Make the tables everything else stands on."""
    keys()
    erasure()
    search()
    audit()


def keys() -> None:
    """Wrapped data keys and what is left of destroyed ones."""
    op.create_table(
        "data_key",
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("gen", sa.Integer(), nullable=False),
        sa.Column("root_kind", sa.String(16), nullable=False),
        sa.Column("kek_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", "gen", name="pk_data_key"),
        sa.CheckConstraint(ROOT_KINDS, name=op.f("ck_data_key_root_kind_known")),
        sa.CheckConstraint("gen BETWEEN 1 AND 65535", name=op.f("ck_data_key_gen_fits")),
        sa.CheckConstraint("length(wrapped) = 40", name=op.f("ck_data_key_wrapped_whole")),
    )
    some_person = sa.text("person_id IS NOT NULL")
    op.create_index("ix_data_key_person_id", "data_key", ["person_id"],
                    sqlite_where=some_person, postgresql_where=some_person)
    op.create_index("ix_data_key_kek_id", "data_key", ["kek_id"])
    op.create_table(
        "tombstone",
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("root_kind", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("erased_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", name="pk_tombstone"),
        sa.CheckConstraint(ROOT_KINDS, name=op.f("ck_tombstone_root_kind_known")),
    )


def erasure() -> None:
    """Requests to erase a person, and what holds them up."""
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", Utc(), nullable=False),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        sa.Column("first_at", Utc(), nullable=True),
        sa.Column("second_by", sa.Uuid(), nullable=True),
        sa.Column("second_at", Utc(), nullable=True),
        sa.Column("refused_by", sa.Uuid(), nullable=True),
        sa.Column("refused_at", Utc(), nullable=True),
        sa.Column("done_at", Utc(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_request"),
        sa.CheckConstraint("first_by IS NULL OR second_by IS NULL OR first_by <> second_by",
                           name=op.f("ck_erasure_request_two_people")),
        sa.CheckConstraint("second_by IS NULL OR first_by IS NOT NULL", name=op.f("ck_erasure_request_in_order")),
        sa.CheckConstraint("done_at IS NULL OR second_by IS NOT NULL",
                           name=op.f("ck_erasure_request_approved_before_done")),
    )
    op.create_index("ix_erasure_request_person_id", "erasure_request", ["person_id"])
    op.create_index("ix_erasure_request_organisation_id", "erasure_request", ["organisation_id", "requested_at"])
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", Utc(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", Utc(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_legal_hold"),
    )
    op.create_index("ix_legal_hold_person_id", "legal_hold", ["person_id"])


def search() -> None:
    """Masked postings."""
    op.create_table(
        "search_index",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("building", sa.Integer(), nullable=True),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_index"),
        sa.CheckConstraint("id = 1", name=op.f("ck_search_index_one_row")),
    )
    op.create_table(
        "posting",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("v", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "scope", "label", "v", name="pk_posting"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "posting_ledger",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "scope", name="pk_posting_ledger"),
    )
    op.create_index("ix_posting_ledger_scope_person_id", "posting_ledger", ["scope", "person_id"])


def audit() -> None:
    """The chained events."""
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("stream_kind", sa.String(8), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(80), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("case_ids", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sa.UniqueConstraint("stream_id", "seq", name="uq_audit_event_stream_id_seq"),
        sa.CheckConstraint(STREAM_KINDS, name=op.f("ck_audit_event_stream_kind_known")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_audit_event_seq_from_one")),
        sa.CheckConstraint("(subject_kind IS NULL) = (subject_id IS NULL)", name=op.f("ck_audit_event_subject_whole")),
    )
    op.create_index("ix_audit_event_user_id", "audit_event", ["user_id", "at"])
    op.create_index("ix_audit_event_action", "audit_event", ["action", "at"])
    op.create_index("ix_audit_event_subject_id", "audit_event", ["subject_id"])
    op.create_table(
        "audit_head",
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("stream_kind", sa.String(8), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream_id", name="pk_audit_head"),
        sa.CheckConstraint(STREAM_KINDS, name=op.f("ck_audit_head_stream_kind_known")),
    )
    op.create_table(
        "audit_subject",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "at", "event_id", name="pk_audit_subject"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them all: every key and every record of who saw what is lost."""
    for table in (
        "audit_subject", "audit_head", "audit_event", "posting_ledger", "posting", "search_index", "legal_hold",
        "erasure_request", "tombstone", "data_key",
    ):  # fmt: skip
        op.drop_table(table)
