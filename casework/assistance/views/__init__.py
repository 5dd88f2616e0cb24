"""Pages of help: the ledger of a case, its first hour, stays; funds and caps for administrators."""

from __future__ import annotations

from babel.numbers import get_currency_precision

from casework.access.permissions import Permission
from casework.assistance.views import amounts, clinical, evening, funds, groups, handouts, houses, ledger, needs, stays
from casework.assistance.views.blueprint import bp
from casework.cases.views.links import add_tab, link_record
from casework.errors import n_

__all__ = ["amounts", "bp", "clinical", "evening", "funds", "groups", "handouts", "houses", "ledger", "needs", "stays"]

add_tab(50, n_("Help"), "assistance.ledger", Permission.CASE_SEE, "assistance", "health", "psychosocial", "legal")
add_tab(51, n_("Health"), "assistance.health", Permission.CASE_SEE, "health")
add_tab(52, n_("Psychosocial"), "assistance.psychosocial", Permission.CASE_SEE, "psychosocial")
add_tab(53, n_("Legal"), "assistance.legal", Permission.CASE_SEE, "legal")
link_record("health_check", "assistance.health")
link_record("service_line", "assistance.ledger")
link_record("emergency_need", "assistance.new_first_hour")
link_record("stay", "assistance.stays")


@bp.app_template_filter("money")
def money(amount: int | None, currency: str | None) -> str:
    """An amount of the smallest unit with its currency: 1250, USD → '12.50 USD'; nothing for none."""
    if amount is None or not currency:
        return ""
    places = get_currency_precision(currency)
    return f"{amount / 10**places:,.{places}f} {currency}"
