"""Reads of access: who acts, who works where, which roles stand."""

from casework.access.queries.actors import (
    SessionState,
    SignedIn,
    actor_for,
    signed_in,
)
from casework.access.queries.choosing import Offer, offers, rooms
from casework.access.queries.history import Change, changes, told
from casework.access.queries.offices import (
    Member,
    deputies_of,
    everybody,
    holders,
    live_sessions,
    members,
    memberships_of,
    names_of,
    organisation,
    organisation_by_code,
    organisation_names,
    organisations,
    provinces_of,
    services_of,
    teams,
)
from casework.access.queries.policies import forget, policies

__all__ = [
    "Change",
    "Member",
    "Offer",
    "SessionState",
    "SignedIn",
    "actor_for",
    "changes",
    "deputies_of",
    "everybody",
    "forget",
    "holders",
    "live_sessions",
    "members",
    "memberships_of",
    "names_of",
    "offers",
    "organisation",
    "organisation_by_code",
    "organisation_names",
    "organisations",
    "policies",
    "provinces_of",
    "rooms",
    "services_of",
    "signed_in",
    "teams",
    "told",
]
