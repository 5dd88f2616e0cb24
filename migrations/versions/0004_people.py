"""People: tables of casework.people."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PRECISIONS = "('day', 'month', 'year', 'age_estimate', 'unknown')"
SEXES = "('female', 'male', 'other', 'unknown')"
DIFFICULTIES = "('none', 'some', 'a_lot', 'cannot', 'unknown')"
ANSWERS = "('yes', 'no', 'unknown')"
SOURCES = "('said', 'seen', 'paper', 'phone', 'import')"
PURPOSES = "('next_of_kin', 'guardian', 'household', 'companion', 'lawyer', 'alleged_offender', 'other')"
RELATIONS = (
    "('mother', 'father', 'step_parent', 'husband_wife', 'partner', 'child', 'sibling', 'grandparent', 'grandchild', "
    "'aunt_uncle', 'cousin', 'in_law', 'guardian', 'friend', 'neighbour', 'companion', 'employer', 'lawyer', "
    "'alleged_offender', 'other')"
)
STOPS = "('person_asked', 'unsafe_home', 'phone_watched', 'number_lost', 'other')"
ENDS = "('replaced', 'wrong', 'unsafe', 'person_asked')"


def upgrade() -> None:
    """Persons, third persons and what is recorded about them, each with its sealed table."""
    person()
    third_person()
    contact()
    papers()
    facts()
    relation()


def text(name: str, nullable: bool = False) -> sa.Column:
    """A column of codes."""
    return sa.Column(name, sa.String(), nullable=nullable)


def points_to(table: str, column: str, target: str, ondelete: str = "RESTRICT") -> sa.ForeignKeyConstraint:
    """A named foreign key."""
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    """A named rule."""
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def identified(table: str, versioned: bool = True) -> list:
    """Id, and the version of an editable row."""
    version = [sa.Column("version", sa.Integer(), nullable=False)] if versioned else []
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return [sa.Column("id", sa.Uuid(), nullable=False), *version, key]


def registered(table: str) -> list:
    """Who registered a person or third person."""
    return [
        sa.Column("registered_by_org_id", sa.Uuid(), nullable=False),
        sa.Column("registered_by_user_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", Utc(), nullable=False),
        points_to(table, "registered_by_org_id", "organisation.id"),
        points_to(table, "registered_by_user_id", "user.id"),
    ]


def record(table: str) -> list:
    """What every record about a person carries."""
    return [
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("author_org_id", sa.Uuid(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_org_id", sa.Uuid(), nullable=True),
        text("data_class"),
        sa.Column("recorded_at", Utc(), nullable=False),
        text("source"),
        points_to(table, "person_id", "person.id"),
        points_to(table, "author_org_id", "organisation.id"),
        points_to(table, "author_user_id", "user.id"),
        points_to(table, "on_behalf_org_id", "organisation.id"),
        check(table, "source_known", f"source IN {SOURCES}"),
    ]


def index(table: str, column: str) -> None:
    """A named index on one column."""
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def sealed(table: str, *names: str) -> None:
    """The sealed table beside a table."""
    beside = f"{table}_sealed"
    op.create_table(
        beside,
        *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in names),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        *identified(beside),
        points_to(beside, "id", f"{table}.id", "CASCADE"),
    )


def person() -> None:
    """The person's plain columns: codes and years."""
    op.create_table(
        "person",
        *identified("person"),
        *registered("person"),
        text("source"),
        text("sex"),
        text("gender", True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        text("birth_precision"),
        text("birth_ground", True),
        sa.Column("age_estimated_on", sa.Date(), nullable=True),
        sa.Column("minor_until", sa.Date(), nullable=False),
        text("birth_registered"),
        text("marital_status", True),
        text("education", True),
        text("language", True),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        *(text(name) for name in ("sign_language", "reads", "hearing", "sight")),
        text("origin_country", True),
        *(sa.Column(f"origin_{place}", sa.Text(), nullable=True) for place in ("province", "district")),
        points_to("person", "origin_province", "province.code"),
        points_to("person", "origin_district", "district.code"),
        check("person", "sex_known", f"sex IN {SEXES}"),
        check("person", "birth_precision_known", f"birth_precision IN {PRECISIONS}"),
        check("person", "birth_registered_known", f"birth_registered IN {ANSWERS}"),
        check("person", "sign_language_known", "sign_language IN ('none', 'sign', 'home_sign', 'unknown')"),
        check("person", "reads_known", "reads IN ('yes', 'a_little', 'no', 'unknown')"),
        check("person", "hearing_known", f"hearing IN {DIFFICULTIES}"),
        check("person", "sight_known", f"sight IN {DIFFICULTIES}"),
        check("person", "source_known", f"source IN {SOURCES}"),
        check("person", "birth_known", "(birth_year IS NULL) = (birth_precision = 'unknown')"),
        check("person", "birth_year_possible", "birth_year BETWEEN 1850 AND 2150"),
        check("person", "estimate_has_date", "(age_estimated_on IS NULL) = (birth_precision <> 'age_estimate')"),
        check("person", "district_in_province", "origin_district IS NULL OR origin_province IS NOT NULL"),
    )
    index("person", "registered_by_org_id")
    sealed("person", "names", "address")


def third_person() -> None:
    """Family, guardians, companions, each under a key of their own."""
    op.create_table(
        "third_person",
        *identified("third_person"),
        *registered("third_person"),
        text("purpose"),
        text("sex"),
        check("third_person", "purpose_known", f"purpose IN {PURPOSES}"),
        check("third_person", "sex_known", f"sex IN {SEXES}"),
    )
    index("third_person", "registered_by_org_id")
    sealed("third_person", "names", "phone")


def contact() -> None:
    """Safe contact: the rule plain, the number sealed."""
    op.create_table(
        "contact",
        *identified("contact"),
        *record("contact"),
        text("channel"),
        text("phone_owner", True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("safe_days", "safe_from", "safe_to")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("may_leave_message", "may_text")),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        text("do_not_contact_reason", True),
        sa.Column("last_confirmed_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        text("end_reason", True),
        check(
            "contact",
            "do_not_contact_reason_known",
            f"do_not_contact_reason IS NULL OR do_not_contact_reason IN {STOPS}",
        ),
        check("contact", "end_reason_known", f"end_reason IS NULL OR end_reason IN {ENDS}"),
        check("contact", "stop_has_reason", "do_not_contact = (do_not_contact_reason IS NOT NULL)"),
        check("contact", "end_has_reason", "(ended_at IS NULL) = (end_reason IS NULL)"),
        check("contact", "safe_days_week", "safe_days BETWEEN 0 AND 127"),
        check("contact", "safe_hours_both", "(safe_from IS NULL) = (safe_to IS NULL)"),
        check("contact", "safe_hours_day", "safe_from BETWEEN 0 AND 1439 AND safe_to BETWEEN 1 AND 1440"),
    )
    index("contact", "person_id")
    words = ("name_to_use", "code_word", "unsafe_persons", "who_may_accompany", "note")
    sealed("contact", "number", "handle", *words)


def papers() -> None:
    """Documents a person holds or lost."""
    op.create_table(
        "held_document",
        *identified("held_document"),
        *record("held_document"),
        text("kind"),
        text("issued_country", True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        text("state"),
        check("held_document", "state_known", "state IN ('held', 'seized', 'lost')"),
    )
    index("held_document", "person_id")
    sealed("held_document", "number")


def facts() -> None:
    """Append-only: nationality claims, and facts such as a death."""
    states = "('claimed', 'being_verified', 'confirmed', 'denied', 'confirmed_by_no_country')"
    op.create_table(
        "nationality_claim",
        *identified("nationality_claim", versioned=False),
        *record("nationality_claim"),
        text("country"),
        text("state"),
        text("authority", True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        points_to("nationality_claim", "document_id", "held_document.id"),
        check("nationality_claim", "state_known", f"state IN {states}"),
        check("nationality_claim", "no_country", "state <> 'confirmed_by_no_country' OR country = 'XXX'"),
    )
    index("nationality_claim", "person_id")
    op.create_table(
        "person_fact",
        *identified("person_fact", versioned=False),
        *record("person_fact"),
        text("kind"),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        text("occurred_precision"),
        check("person_fact", "kind_known", "kind IN ('dead', 'missing', 'did_not_arrive', 'found')"),
        check("person_fact", "occurred_precision_known", f"occurred_precision IN {PRECISIONS}"),
        check("person_fact", "occurred_both", "(occurred_from IS NULL) = (occurred_to IS NULL)"),
        check("person_fact", "occurred_in_order", "occurred_from <= occurred_to"),
    )
    index("person_fact", "person_id")


def relation() -> None:
    """What others are to the person."""
    op.create_table(
        "relation",
        *identified("relation"),
        *record("relation"),
        sa.Column("third_person_id", sa.Uuid(), nullable=True),
        sa.Column("other_person_id", sa.Uuid(), nullable=True),
        text("kind"),
        text("safe_to_contact"),
        *(sa.Column(f"guardian_valid_{end}", sa.Date(), nullable=True) for end in ("from", "to")),
        sa.Column("known_since", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        points_to("relation", "third_person_id", "third_person.id"),
        points_to("relation", "other_person_id", "person.id"),
        check("relation", "kind_known", f"kind IN {RELATIONS}"),
        check("relation", "safe_to_contact_known", f"safe_to_contact IN {ANSWERS}"),
        check("relation", "one_other", "(third_person_id IS NULL) <> (other_person_id IS NULL)"),
        check("relation", "not_oneself", "other_person_id <> person_id"),
        check("relation", "guardian_in_order", "guardian_valid_from <= guardian_valid_to"),
    )
    for column in ("person_id", "third_person_id", "other_person_id"):
        index("relation", column)


def downgrade() -> None:
    """Take the tables away again."""
    for table in ("relation", "person_fact", "nationality_claim", "held_document_sealed", "held_document",
                  "contact_sealed", "contact", "third_person_sealed", "third_person", "person_sealed", "person"):
        op.drop_table(table)
