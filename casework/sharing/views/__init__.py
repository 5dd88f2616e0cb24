"""Pages that move consent and access: the ledger, sending, answering, endings, vital interest."""

from __future__ import annotations

from casework.access.permissions import Permission
from casework.cases.views.links import add_tab, link_record
from casework.consent.workflow import ANSWERS, GIVERS
from casework.errors import n_
from casework.sharing.views import answers, consents, endings, letters, rooms, sending, talks, vital
from casework.sharing.views.blueprint import bp

__all__ = ["answers", "bp", "consents", "endings", "letters", "rooms", "sending", "talks", "vital"]

add_tab(25, n_("Consent"), "sharing.consent", Permission.CASE_SEE)
link_record("consent_entry", "sharing.consent")
link_record("vital_opening", "sharing.vital_opening", "opening_id")


@bp.app_context_processor
def words() -> dict[str, object]:
    """Words of codes that stand in tables of the program."""
    return {"answer_words": ANSWERS, "giver_words": GIVERS}
