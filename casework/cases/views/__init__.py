"""Pages of cases. The page of one case, which shows all its parts, stands in overview."""

from __future__ import annotations

from flask_babel import gettext

from casework.access.permissions import Permission
from casework.cases.views import around, care, contacts, erasure, eyes, groups, lists, person, register, work
from casework.cases.views.blueprint import bp
from casework.cases.views.links import add_tab, case_url, record_url, tabs_for, task_url
from casework.cases.views.words import action_words
from casework.cases.workflow import (
    APPROVAL_KINDS,
    NOTICE_KINDS,
    STATION_STATE_WORDS,
    STATION_WORDS,
    STOP_WORDS,
    TASK_KINDS,
)
from casework.errors import n_
from casework.people.models import Contact
from casework.web.filters import number

__all__ = ["around", "bp", "care", "contacts", "erasure", "eyes", "groups", "lists", "person", "register", "work"]

add_tab(10, n_("Case"), "overview.case_page", Permission.CASE_SEE)
add_tab(20, n_("Person"), "cases.person", Permission.CASE_SEE, "identity", "safe_contact")
add_tab(90, n_("Notes"), "cases.notes", Permission.CASE_SEE)


DAYS = (n_("Mon"), n_("Tue"), n_("Wed"), n_("Thu"), n_("Fri"), n_("Sat"), n_("Sun"))


@bp.app_template_filter("safe_hours")
def safe_hours(contact: Contact) -> str:
    """When a person may be reached: 'Mon, Tue 12:00-16:00'; empty when nobody asked."""
    days = [gettext(word) for place, word in enumerate(DAYS) if (contact.safe_days or 0) >> place & 1]
    words = ", ".join(days)
    if contact.safe_from is not None and contact.safe_to is not None:
        first, last = divmod(contact.safe_from, 60), divmod(contact.safe_to, 60)
        words += f" {first[0]:02}:{first[1]:02}-{last[0]:02}:{last[1]:02}"
    return number(words.strip())


@bp.app_context_processor
def words() -> dict[str, object]:
    """What every template of a case uses."""
    return {
        "case_url": case_url,
        "task_url": task_url,
        "record_url": record_url,
        "tabs_for": tabs_for,
        "station_words": STATION_WORDS,
        "station_state_words": STATION_STATE_WORDS,
        "task_words": TASK_KINDS,
        "approval_words": APPROVAL_KINDS,
        "notice_words": NOTICE_KINDS,
        "rest_words": STOP_WORDS,
        "action_words": action_words,
    }
