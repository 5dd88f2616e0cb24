"""The policy on one screen: the default roles, the rules that hold for every role, what an empty set means."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from casework.access.models.roles import SCOPES
from casework.access.permissions import (
    OFFERED_SCOPES,
    SPECIAL_CLASSES,
    Actor,
    Permission,
    RolePolicy,
    Scope,
    can,
    effective_scope,
    faults,
    merge,
    needs_second_factor,
    require,
    role_faults,
    together_faults,
)
from casework.access.service.roles import defaults
from casework.errors import NotAllowed

ROLES = {role.code: role for role in defaults()}
CLASSES = Path(__file__).parents[2] / "casework" / "codes" / "data" / "data_class.csv"


def an_actor(*permissions: Permission) -> Actor:
    return Actor(
        user_id=uuid4(),
        membership_id=uuid4(),
        organisation_id=uuid4(),
        organisation_code="T-1",
        team_id=None,
        roles=frozenset(),
        permissions=frozenset(permissions),
        scope=Scope.NONE,
        classes=frozenset(),
        session_id=None,
        display_name="Test",
    )


def test_the_default_roles_keep_every_rule() -> None:
    assert faults(ROLES.values()) == []


def test_a_new_installation_starts_with_thirteen_roles() -> None:
    assert len(ROLES) == 13


@pytest.mark.parametrize(
    ("code", "more", "classes"),
    [
        ("org_admin", {Permission.CASE_SEE}, {"identity"}),
        ("system_admin", {Permission.CONTACT_REVEAL}, set()),
        ("org_admin", set(), {"identity"}),
        ("auditor", {Permission.CASE_EDIT}, set()),
        ("auditor", {Permission.SYSTEM_MANAGE}, set()),
        ("case_worker", {Permission.REPORT_EXPORT}, set()),
        ("coordinator", set(), {"case_note"}),
        ("health_worker", set(), {"psychosocial"}),
        ("observer", {Permission.CASE_SEE}, {"identity"}),
        ("observer", {Permission.REPORT_EXPORT}, set()),
    ],
)
def test_a_planted_fault_in_a_role_is_found(code: str, more: set[Permission], classes: set[str]) -> None:
    role = ROLES[code]
    worse = replace(role, permissions=role.permissions | more, classes=role.classes | classes)
    assert role_faults(worse)


def test_seeing_cases_without_a_class_or_a_reach_is_a_fault() -> None:
    worker = ROLES["case_worker"]
    assert role_faults(replace(worker, classes=frozenset()))
    assert role_faults(replace(worker, scope=Scope.TOTALS))


def test_no_role_is_given_the_reach_of_one_task_which_opens_nothing() -> None:
    assert Scope.TASK not in OFFERED_SCOPES
    assert all(role.scope in OFFERED_SCOPES for role in ROLES.values())
    for role in ROLES.values():
        assert any("choose another reach" in fault for fault in role_faults(replace(role, scope=Scope.TASK)))


def test_who_sees_totals_or_administers_reaches_no_case() -> None:
    for code in ("observer", "org_admin", "system_admin", "auditor"):
        assert ROLES[code].scope <= Scope.TOTALS
        assert Permission.CASE_SEE not in ROLES[code].permissions
        assert not ROLES[code].classes


def test_health_psychosocial_and_legal_workers_hold_one_special_class_each() -> None:
    for code in ("health", "psychosocial", "legal"):
        assert ROLES[f"{code}_worker"].classes & SPECIAL_CLASSES == {code}


def test_the_police_identifier_never_sees_health_place_or_safe_contact() -> None:
    hidden = {"health", "psychosocial", "location_current", "safe_contact", "contact", "case_note"}
    assert not ROLES["police_identifier"].classes & hidden


def test_roles_name_only_classes_of_the_code_list() -> None:
    with CLASSES.open(encoding="utf-8-sig", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert known
    for role in ROLES.values():
        assert role.classes <= known


def test_who_exports_or_administers_needs_a_second_factor_and_a_case_worker_does_not() -> None:
    needing = {code for code, role in ROLES.items() if needs_second_factor(role.permissions)}
    assert needing == {"supervisor", "coordinator", "org_admin", "system_admin", "auditor"}


def test_each_permission_is_a_subject_and_a_verb_with_a_sentence() -> None:
    for permission in Permission:
        subject, verb = str(permission).split(":")
        assert subject
        assert verb
        assert len(permission.sentence) > 10


def test_the_table_knows_the_same_scopes_as_the_policy() -> None:
    assert tuple(scope.name for scope in Scope) == SCOPES


def test_an_empty_set_means_nothing() -> None:
    assert not can(an_actor())
    assert not can(an_actor(*Permission))
    assert merge([]).scope is Scope.NONE
    assert not merge([]).permissions


def test_require_refuses_who_lacks_one_of_two() -> None:
    holder = an_actor(Permission.CASE_SEE)
    require(holder, Permission.CASE_SEE)
    with pytest.raises(NotAllowed):
        require(holder, Permission.CASE_SEE, Permission.CASE_EDIT)


def test_roles_that_would_widen_each_other_do_not_stand_together() -> None:
    def together(*codes: str) -> list[str]:
        return together_faults([ROLES[code] for code in codes])

    assert together("supervisor", "health_worker")
    assert together("health_worker", "legal_worker")
    assert together("case_worker", "org_admin")
    assert not together("case_worker", "supervisor")
    assert not together("org_admin", "observer")


def test_an_office_without_teams_is_one_team() -> None:
    team = uuid4()
    assert effective_scope(Scope.TEAM, None, False) is Scope.ORGANISATION
    assert effective_scope(Scope.TEAM, None, True) is Scope.ASSIGNED
    assert effective_scope(Scope.TEAM, team, True) is Scope.TEAM
    assert effective_scope(Scope.ASSIGNED, None, False) is Scope.ASSIGNED


def test_the_furthest_reach_counts_where_roles_may_stand_together() -> None:
    low = RolePolicy("a", "", Scope.NONE, frozenset(), frozenset())
    high = RolePolicy("b", "", Scope.TEAM, frozenset(), frozenset())
    assert merge([low, high]).scope is Scope.TEAM
