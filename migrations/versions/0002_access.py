"""Access: tables of casework.access."""

import sqlalchemy as sa
from alembic import op

from casework.db import Utc

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None


def _fk(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _id(table: str) -> tuple[sa.Column[object], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Uuid(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """Organisations, users, memberships, roles, sessions, tries, devices, second factors."""
    op.create_table(
        "login_attempt",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_mask", sa.LargeBinary(32), nullable=False),
        sa.Column("address_mask", sa.LargeBinary(32), nullable=False),
        sa.Column("device_known", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.CheckConstraint("kind IN ('password', 'code', 'recovery')", name=op.f("ck_login_attempt_kind_known")),
        sa.CheckConstraint("outcome IN ('reserved', 'failed', 'refused', 'succeeded')", op.f("ck_login_attempt_outcome_known")),
        *_id("login_attempt"),
    )
    op.create_index(op.f("ix_login_attempt_account_mask_kind_at"), "login_attempt", ["account_mask", "kind", "at"])
    op.create_index(op.f("ix_login_attempt_address_mask_at"), "login_attempt", ["address_mask", "at"])
    op.create_index(op.f("ix_login_attempt_at"), "login_attempt", ["at"])
    op.create_table(
        "organisation",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_km", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("has_users", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(country) = 3", name=op.f("ck_organisation_country_alpha_3")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_organisation_not_own_parent")),
        _fk("organisation", "parent_id", "organisation.id", "RESTRICT"),
        *_id("organisation"),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"])
    op.create_table(
        "role",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("system_only", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "scope IN ('NONE', 'TOTALS', 'TASK', 'ASSIGNED', 'TEAM', 'ORGANISATION')", name=op.f("ck_role_scope_known")
        ),
        *_id("role"),
        sa.UniqueConstraint("code", name=op.f("uq_role_code")),
    )
    op.create_table(
        "user",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("factor_since_at", Utc(), nullable=True),
        sa.Column("factor_last_step", sa.Integer(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("language IN ('en', 'km', 'th', 'vi')", name=op.f("ck_user_language_known")),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_user_username_folded")),
        *_id("user"),
        sa.UniqueConstraint("username", name=op.f("uq_user_username")),
    )
    op.create_table(
        "factor_reset",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", Utc(), nullable=True),
        sa.Column("done_at", Utc(), nullable=True),
        sa.Column("cancelled_at", Utc(), nullable=True),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (due_at IS NULL)", name=op.f("ck_factor_reset_due_when_approved")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> asked_by_id", name=op.f("ck_factor_reset_two_people")
        ),
        sa.CheckConstraint("user_id <> asked_by_id", name=op.f("ck_factor_reset_not_for_oneself")),
        _fk("factor_reset", "approved_by_id", "user.id", "RESTRICT"),
        _fk("factor_reset", "asked_by_id", "user.id", "RESTRICT"),
        _fk("factor_reset", "user_id", "user.id", "CASCADE"),
        *_id("factor_reset"),
    )
    op.create_index(op.f("ix_factor_reset_user_id_done_at"), "factor_reset", ["user_id", "done_at"])
    op.create_table(
        "known_device",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("last_used_at", Utc(), nullable=False),
        _fk("known_device", "user_id", "user.id", "CASCADE"),
        *_id("known_device"),
        sa.UniqueConstraint("user_id", "token_hash", name=op.f("uq_known_device_user_id_token_hash")),
    )
    op.create_table(
        "organisation_province",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_province_organisation_id"),
            ondelete="CASCADE",
        ),
        *_id("organisation_province"),
        sa.UniqueConstraint(
            "organisation_id", "province", name=op.f("uq_organisation_province_organisation_id_province")
        ),
    )
    op.create_index(op.f("ix_organisation_province_province"), "organisation_province", ["province"])
    op.create_table(
        "organisation_service",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("service_type", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity >= 0", name=op.f("ck_organisation_service_capacity_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_service_organisation_id"),
            ondelete="CASCADE",
        ),
        *_id("organisation_service"),
        sa.UniqueConstraint(
            "organisation_id", "service_type", name=op.f("uq_organisation_service_organisation_id_service_type")
        ),
    )
    op.create_index(op.f("ix_organisation_service_service_type"), "organisation_service", ["service_type"])
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_mask", sa.LargeBinary(32), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("used_at", Utc(), nullable=True),
        _fk("recovery_code", "user_id", "user.id", "CASCADE"),
        *_id("recovery_code"),
        sa.UniqueConstraint("user_id", "code_mask", name=op.f("uq_recovery_code_user_id_code_mask")),
    )
    op.create_table(
        "role_class",
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.String(), nullable=False),
        _fk("role_class", "role_id", "role.id", "CASCADE"),
        *_id("role_class"),
        sa.UniqueConstraint("role_id", "data_class", name=op.f("uq_role_class_role_id_data_class")),
    )
    op.create_table(
        "role_permission",
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("permission", sa.String(), nullable=False),
        _fk("role_permission", "role_id", "role.id", "CASCADE"),
        *_id("role_permission"),
        sa.UniqueConstraint("role_id", "permission", name=op.f("uq_role_permission_role_id_permission")),
    )
    op.create_table(
        "team",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _fk("team", "organisation_id", "organisation.id", "RESTRICT"),
        *_id("team"),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_team_organisation_id_name")),
    )
    op.create_table(
        "user_sealed",
        sa.Column("factor_secret", sa.LargeBinary(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _fk("user_sealed", "id", "user.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sealed")),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_membership_days_in_order")),
        _fk("membership", "organisation_id", "organisation.id", "RESTRICT"),
        _fk("membership", "team_id", "team.id", "RESTRICT"),
        _fk("membership", "user_id", "user.id", "RESTRICT"),
        *_id("membership"),
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"])
    op.create_index(op.f("ix_membership_team_id"), "membership", ["team_id"])
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"])
    op.create_table(
        "deputy",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_membership_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("what IN ('approvals')", name=op.f("ck_deputy_what_known")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_deputy_days_in_order")),
        sa.CheckConstraint("membership_id <> deputy_membership_id", name=op.f("ck_deputy_somebody_else")),
        _fk("deputy", "deputy_membership_id", "membership.id", "CASCADE"),
        _fk("deputy", "membership_id", "membership.id", "CASCADE"),
        *_id("deputy"),
    )
    op.create_index(op.f("ix_deputy_deputy_membership_id_ends_on"), "deputy", ["deputy_membership_id", "ends_on"])
    op.create_index(op.f("ix_deputy_membership_id"), "deputy", ["membership_id"])
    op.create_table(
        "membership_role",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        _fk("membership_role", "membership_id", "membership.id", "CASCADE"),
        _fk("membership_role", "role_id", "role.id", "RESTRICT"),
        *_id("membership_role"),
        sa.UniqueConstraint("membership_id", "role_id", name=op.f("uq_membership_role_membership_id_role_id")),
    )
    op.create_index(op.f("ix_membership_role_role_id"), "membership_role", ["role_id"])
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("factor", sa.String(), nullable=False),
        sa.Column("office_device", sa.Boolean(), nullable=False),
        sa.Column("device_label", sa.String(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("last_seen_at", Utc(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("step_up_at", Utc(), nullable=True),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "end_reason IS NULL OR end_reason IN ('signed_out', 'renewed', 'ended_by_owner', 'ended_by_administrator', 'password_changed', 'factor_changed', 'roles_changed', 'deactivated')",
            name=op.f("ck_session_end_reason_known"),
        ),
        sa.CheckConstraint("factor IN ('password', 'code', 'recovery')", name=op.f("ck_session_factor_known")),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_session_end_has_reason")),
        _fk("session", "membership_id", "membership.id", "RESTRICT"),
        _fk("session", "user_id", "user.id", "RESTRICT"),
        *_id("session"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_index(op.f("ix_session_membership_id"), "session", ["membership_id"])
    op.create_index(op.f("ix_session_user_id_ended_at"), "session", ["user_id", "ended_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("session")
    op.drop_table("membership_role")
    op.drop_table("deputy")
    op.drop_table("membership")
    op.drop_table("user_sealed")
    op.drop_table("team")
    op.drop_table("role_permission")
    op.drop_table("role_class")
    op.drop_table("recovery_code")
    op.drop_table("organisation_service")
    op.drop_table("organisation_province")
    op.drop_table("known_device")
    op.drop_table("factor_reset")
    op.drop_table("user")
    op.drop_table("role")
    op.drop_table("organisation")
    op.drop_table("login_attempt")
