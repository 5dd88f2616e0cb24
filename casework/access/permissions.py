"""The policy on one screen: permissions with a sentence each, scopes, the actor, `can` and `require`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID

from casework.errors import NotAllowed, n_


class Permission(StrEnum):
    """What a role may do, 'subject:verb'; the sentence is what the page of roles shows."""

    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> Permission:
        """Keep the sentence beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    CASE_SEE = "case:see", n_("See cases within the reach of the role")
    CASE_REGISTER = "case:register", n_("Search for a person and register a new case")
    CASE_EDIT = "case:edit", n_("Correct the facts of a case")
    CASE_ASSIGN = "case:assign", n_("Give a case to a worker")
    CASE_CLOSE = "case:close", n_("Record that a person died, is missing or did not arrive, and reopen a case")
    CASE_APPROVE = "case:approve", n_("Approve what another worker did on a case")
    CASE_EXCLUDE = "case:exclude", n_("Keep a colleague away from a case because of a conflict of interest")
    NOTE_WRITE = "note:write", n_("Write notes")
    TASK_DO = "task:do", n_("Take on and finish tasks")
    DOCUMENT_ADD = "document:add", n_("Add documents")
    DOCUMENT_READ = "document:read", n_("Open documents")
    CONTACT_REVEAL = "contact:reveal", n_("Show a phone number or address, after the safe-contact rule")
    CONSENT_RECORD = "consent:record", n_("Record what a person agreed to, refused or withdrew")
    GROUP_MANAGE = "group:manage", n_("Bring families and crews together")
    IDENTIFICATION_SCREEN = "identification:screen", n_("Screen a person")
    IDENTIFICATION_DECIDE = "identification:decide", n_("Decide that a person is presumed to be trafficked, or not")
    IDENTIFICATION_DECIDE_FORMAL = "identification:decide_formal", n_("Record the formal decision of an authority")
    REFERRAL_SEND = "referral:send", n_("Send referrals and take them back")
    REFERRAL_ANSWER = "referral:answer", n_("Accept or decline referrals and report on the service")
    TRANSFER_SEND = "transfer:send", n_("Hand a whole case over to another office")
    RETURN_MANAGE = "return:manage", n_("Plan and record a return")
    ASSISTANCE_RECORD = "assistance:record", n_("Record help given")
    ASSISTANCE_REVERSE = "assistance:reverse", n_("Reverse a line of help recorded by mistake")
    STAY_MANAGE = "stay:manage", n_("Record arrival in and departure from a place to stay")
    PLAN_WRITE = "plan:write", n_("Write a plan with a person")
    PLAN_APPROVE = "plan:approve", n_("Approve another worker's plan")
    FOLLOWUP_RECORD = "followup:record", n_("Record visits and calls")
    CLOSURE_REQUEST = "closure:request", n_("Ask for a case to be closed")
    CLOSURE_APPROVE = "closure:approve", n_("Approve closing another worker's case")
    BOARD_SEE = "board:see", n_("See the board of the office: stages, lateness, caseload, approvals")
    REPORT_REFERRALS = "report:referrals", n_("See the report of referrals")
    REPORT_EXPORT = "report:export", n_("Download reports with codes, without names")
    REPORT_STATISTICS = "report:statistics", n_("See the statistics of the cases within reach")
    REPORT_TOTALS = "report:totals", n_("See totals, small numbers withheld")
    IMPORT_RUN = "import:run", n_("Bring cases in from a file")
    ORGANISATION_MANAGE = "organisation:manage", n_("Manage the users, services and places of the own office")
    SYSTEM_MANAGE = "system:manage", n_("Manage all offices, accounts, roles and code lists")
    AUDIT_READ = "audit:read", n_("Read who opened or changed which case, when and why")
    ERASURE_REQUEST = "erasure:request", n_("Ask for a person's data to be erased")
    ERASURE_APPROVE = "erasure:approve", n_("Approve an erasure that another user asked for")
    VITAL_OPEN = "vital:open", n_("Open access for 72 hours where life is at risk")
    VITAL_DECIDE = "vital:decide", n_("Decide on access that a worker opened where life was at risk")


class Scope(IntEnum):
    """How far a role reaches; joined inside the predicate of visible cases. NONE and TOTALS see no case.

    TASK opens no case: it is kept for roles that hold it, and no role is given it any more (OFFERED_SCOPES).
    """

    NONE = 0
    TOTALS = 1
    TASK = 2
    ASSIGNED = 3
    TEAM = 4
    ORGANISATION = 5

    @property
    def label(self) -> str:
        """The words for the page, an English message id."""
        return SCOPE_LABELS[self]


SCOPE_LABELS = {
    Scope.NONE: n_("no case"),
    Scope.TOTALS: n_("totals only"),
    Scope.TASK: n_("the case of one task"),
    Scope.ASSIGNED: n_("cases assigned to the worker"),
    Scope.TEAM: n_("cases of the team"),
    Scope.ORGANISATION: n_("cases of the office"),
}

OFFERED_SCOPES = tuple(scope for scope in Scope if scope is not Scope.TASK)
"""What a role may be given: each of these is answered by the predicate of visible cases."""

APPROVALS = frozenset(
    {
        Permission.CASE_APPROVE,
        Permission.PLAN_APPROVE,
        Permission.CLOSURE_APPROVE,
        Permission.ERASURE_APPROVE,
        Permission.VITAL_DECIDE,
    }
)
"""What a deputy takes over for the dates of the delegation: approving, nothing else."""

NEEDS_SECOND_FACTOR = frozenset(
    {
        Permission.REPORT_EXPORT,
        Permission.IMPORT_RUN,
        Permission.ORGANISATION_MANAGE,
        Permission.SYSTEM_MANAGE,
        Permission.AUDIT_READ,
        Permission.ERASURE_APPROVE,
    }
)
"""Who exports or administers signs in with a second factor: a password alone must not open many cases at once."""

ADMINISTERS = frozenset({Permission.ORGANISATION_MANAGE, Permission.SYSTEM_MANAGE, Permission.AUDIT_READ})
"""Permissions that never stand in one role or membership together with seeing cases."""

READS_CASES = frozenset({Permission.CASE_SEE, Permission.DOCUMENT_READ, Permission.CONTACT_REVEAL})

SPECIAL_CLASSES = frozenset({"health", "psychosocial", "legal"})
"""Data classes with an access class of their own (docs/domain.md 1): a worker of one never holds the other two."""

IDENTIFYING_CLASSES = frozenset({"contact", "location_current", "photo_biometric", "case_note"})
"""Classes by which a person can be found; a role that downloads reports doesn't hold them all."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which membership, and what that allows; made once per request or job and never changed."""

    user_id: UUID
    membership_id: UUID
    organisation_id: UUID
    organisation_code: str
    team_id: UUID | None
    roles: frozenset[str]
    permissions: frozenset[Permission]
    scope: Scope
    classes: frozenset[str]
    session_id: UUID | None
    display_name: str
    deputy_for: frozenset[UUID] = frozenset()
    """Users for whom this actor may approve today."""
    organisation_name: str = ""
    language: str = "en"
    username: str = ""
    names_hidden: bool = False
    """Names are hidden from a look over the shoulder: lists and bars are made without them."""


def can(actor: Actor, *wanted: Permission) -> bool:
    """True if the actor holds every one of `wanted`; asking for nothing is False, an empty set means nothing."""
    return bool(wanted) and actor.permissions.issuperset(wanted)


def require(actor: Actor, *wanted: Permission) -> None:
    """Raise NotAllowed unless the actor holds every one of `wanted`."""
    if not can(actor, *wanted):
        raise NotAllowed(n_("Your role does not allow this."))


@dataclass(frozen=True, slots=True)
class RolePolicy:
    """What one role allows: the row as the policy linter, the seed and the cache see it."""

    code: str
    label: str
    scope: Scope
    permissions: frozenset[Permission]
    classes: frozenset[str]
    system_only: bool = False
    """Only a system administrator may give it."""


def needs_second_factor(permissions: Iterable[Permission]) -> bool:
    """True if an account with these permissions must sign in with a second factor."""
    return not NEEDS_SECOND_FACTOR.isdisjoint(permissions)


def faults(roles: Iterable[RolePolicy]) -> list[str]:
    """What is wrong with these roles, a sentence each; the linter of docs/decisions/0008."""
    return [sentence for role in roles for sentence in role_faults(role)]


def role_faults(role: RolePolicy) -> list[str]:
    """What is wrong with one role."""
    may, classes = role.permissions, role.classes
    rules = (
        (may & ADMINISTERS and (may & READS_CASES or classes), n_("who administers or audits sees no case")),
        (Permission.AUDIT_READ in may and len(may) > 1, n_("who audits does nothing else")),
        (Permission.REPORT_EXPORT in may and classes & IDENTIFYING_CLASSES, n_("who exports does not read everything")),
        (len(classes & SPECIAL_CLASSES) > 1, n_("health, psychosocial and legal are kept apart")),
        (role.scope <= Scope.TOTALS and (may & READS_CASES or classes), n_("who sees cases needs a reach")),
        (role.scope not in OFFERED_SCOPES, n_("a reach of one task opens no case; choose another reach")),
        (Permission.CASE_SEE in may and not classes, n_("who sees cases needs a class of data")),
        (classes and Permission.CASE_SEE not in may, n_("classes of data need the right to see cases")),
        (Permission.REPORT_TOTALS in may and len(may) > 1, n_("who sees totals sees nothing else")),
    )
    return [f"{role.code}: {sentence}" for broken, sentence in rules if broken]


def together_faults(roles: Iterable[RolePolicy]) -> list[str]:
    """Why these roles can't stand in one membership: reach and classes would leak from one into the other."""
    chosen = list(roles)
    with_cases = [role for role in chosen if role.classes]
    if len({role.scope for role in with_cases}) > 1:
        return [n_("These roles reach differently far. Give them as two memberships.")]
    merged = merge(chosen)
    if len(merged.classes & SPECIAL_CLASSES) > 1:
        return [n_("Health, psychosocial and legal roles are kept apart. Give them as two memberships.")]
    if merged.permissions & ADMINISTERS and with_cases:
        return [n_("A role that administers or audits does not stand beside a role that sees cases.")]
    if Permission.REPORT_EXPORT in merged.permissions and merged.classes & IDENTIFYING_CLASSES:
        return [n_("A role that exports does not stand beside a role that reads everything.")]
    return []


def merge(roles: Iterable[RolePolicy]) -> RolePolicy:
    """All the given roles as one: everything they allow, the furthest reach. Nothing given allows nothing."""
    chosen = list(roles)
    return RolePolicy(
        code="+".join(sorted(role.code for role in chosen)),
        label="",
        scope=max((role.scope for role in chosen), default=Scope.NONE),
        permissions=frozenset().union(*(role.permissions for role in chosen)),
        classes=frozenset().union(*(role.classes for role in chosen)),
    )


def effective_scope(scope: Scope, team_id: UUID | None, organisation_has_teams: bool) -> Scope:
    """The reach of a membership: an office without teams is one team; who stands outside all teams sees own cases."""
    if scope is not Scope.TEAM or team_id is not None:
        return scope
    return Scope.ASSIGNED if organisation_has_teams else Scope.ORGANISATION


def pick(policies: Mapping[str, RolePolicy], codes: Iterable[str]) -> list[RolePolicy]:
    """The policies of these role codes; an unknown code gives nothing."""
    return [policies[code] for code in codes if code in policies]
