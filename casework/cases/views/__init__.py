"""Pages of cases. The page of one case, which shows all its parts, stands in overview."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from casework.access.permissions import Permission
from casework.cases.views import contacts, eyes, groups, lists, person, register, work
from casework.cases.views.blueprint import bp
from casework.cases.views.links import add_tab, case_url, record_url, tabs_for, task_url
from casework.cases.views.words import action_words
from casework.cases.workflow import APPROVAL_KINDS, NOTICE_KINDS, STATION_STATE_WORDS, STATION_WORDS, TASK_KINDS
from casework.errors import n_

__all__ = ["bp", "contacts", "eyes", "groups", "lists", "person", "register", "work"]

add_tab(10, n_("Case"), "overview.case_page", Permission.CASE_SEE)
add_tab(20, n_("Person"), "cases.person", Permission.CASE_SEE, "identity", "safe_contact")
add_tab(90, n_("Notes"), "cases.notes", Permission.CASE_SEE)


@bp.app_context_processor
def words() -> dict[str, object]:
    """What every template of a case uses."""
    return {
        "_": gettext,
        "ngettext": ngettext,
        "case_url": case_url,
        "task_url": task_url,
        "record_url": record_url,
        "tabs_for": tabs_for,
        "station_words": STATION_WORDS,
        "station_state_words": STATION_STATE_WORDS,
        "task_words": TASK_KINDS,
        "approval_words": APPROVAL_KINDS,
        "notice_words": NOTICE_KINDS,
        "action_words": action_words,
    }
