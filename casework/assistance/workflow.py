"""Words and rules of help that need no database: needs of the first hour, classes of services, sums of money."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from casework.codes.queries import Code
from casework.errors import InvalidInput, n_

WHOLE = 10_000
"""Basis points of a whole cost."""


@dataclass(frozen=True, slots=True)
class Need:
    """A need of the first hour: what 'given now' writes into the ledger, and within how many hours a wish is met."""

    code: str
    label: str
    service: str
    unit: str
    hours: int


NEEDS = (
    Need("medical", n_("Medical help"), "medical_support_access_care", "visit", 2),
    Need("first_aid", n_("First aid"), "first_aid", "session", 1),
    Need("safety", n_("Safety, now and tonight"), "safety_planning", "session", 2),
    Need("food", n_("Food and water"), "cooked_meal", "meal", 4),
    Need("bed", n_("A bed for tonight"), "transit_centre_night", "night", 8),
    Need("clothes", n_("Clothes"), "clothing", "item", 24),
    Need("call", n_("A call home, if it is safe"), "call_home", "session", 24),
    Need("transport", n_("Transport"), "local_transport", "trip", 24),
    Need("interpreter", n_("An interpreter"), "interpretation", "session", 4),
)
"""Needs as the page asks them; none waits for a status or a consent (docs/domain.md 5)."""

NEED_WORDS = {"wanted": n_("wanted"), "given": n_("given"), "declined": n_("declined")}
RECEIPT_WORDS = {
    "none": n_("No receipt"),
    "signature": n_("Signed"),
    "thumbprint": n_("Thumbprint on paper"),
    "witness": n_("A witness signed"),
}
REVERSAL_WORDS = {
    "twice": n_("Recorded twice"),
    "wrong_person": n_("It was for another person"),
    "wrong_service": n_("It was another service"),
    "wrong_amount": n_("The amount or price is wrong"),
    "not_given": n_("It was not given after all"),
}
ADMISSION_WORDS = {
    "agreed": n_("The person agreed to stay"),
    "guardian_agreed": n_("A guardian agreed"),
    "emergency": n_("Emergency: will be asked soon"),
}
EXIT_WORDS = {
    "went_home": n_("Went home"),
    "own_place": n_("Moved to a place of their own"),
    "other_shelter": n_("Moved to another shelter"),
    "other_province": n_("Moved to another province"),
    "own_wish": n_("Left by own wish"),
    "unsafe": n_("The place was not safe"),
    "asked_to_leave": n_("Was asked to leave"),
}
LONG_STAY_DAYS = 90
"""Days after which a stay is reviewed (docs/domain.md 5, default)."""


def need(code: str) -> Need:
    """The need of this code. Raises InvalidInput for another text."""
    for one in NEEDS:
        if one.code == code:
            return one
    raise InvalidInput(n_("Choose one of the values in the list."), field="need")


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "service_class.toml").read_text(encoding="utf-8"))


def data_class_of(service: Code) -> str:
    """The data class of lines of a service: an attribute of its code; plain assistance when it has none."""
    return service.extra.get("data_class") or "assistance"


def tells_place(service: Code) -> bool:
    """True when the provider of this service tells where the person sleeps: shown only with that class."""
    rules = _defaults()
    return service.group in rules["place_groups"] or service.code in rules["place_codes"]


def quick_services() -> list[str]:
    """Services offered as one tap on every ledger, the most usual first."""
    return list(_defaults()["quick"])


def usual_unit(service: Code) -> str:
    """The unit meant when nobody says one."""
    rules = _defaults()
    return str(rules["unit_of_code"].get(service.code) or rules["unit_of_group"].get(service.group) or "item")


def is_money(unit: Code) -> bool:
    """True when the quantity is itself an amount (a cash grant in dollars)."""
    return unit.group == "money"


def smallest(quantity: Decimal | int, unit: Code) -> int:
    """The quantity in the smallest part of its unit: 1.5 kg → 150. Raises InvalidInput for finer parts or none."""
    places = int(unit.extra.get("decimals") or 0)
    scaled = Decimal(quantity).scaleb(places)
    if scaled <= 0:
        raise InvalidInput(n_("Enter how much was given."), field="quantity")
    if scaled != int(scaled):
        if places == 0:
            raise InvalidInput(n_("Enter a whole number; this unit has no parts."), field="quantity")
        raise InvalidInput(n_("Enter at most %(places)s places after the point."), field="quantity", places=places)
    return int(scaled)


def shown(quantity: int, unit: Code | None) -> str:
    """The quantity as people write it, without needless zeros: 150 hundredths of a kilogram → '1.5'."""
    value = Decimal(quantity).scaleb(-int((unit.extra.get("decimals") if unit else 0) or 0))
    return f"{value:f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value)}"


def cost_of(quantity: int, unit: Code, unit_cost: int) -> int:
    """Cost of a quantity (in smallest parts) at a price per whole unit, rounded half up to the smallest coin."""
    exact = Decimal(quantity).scaleb(-int(unit.extra.get("decimals") or 0)) * unit_cost
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def split(cost: int, shares: Sequence[int]) -> list[int]:
    """A cost in parts by basis points, to the coin: what rounding leaves goes to the largest remainders.

    Raises InvalidInput unless the shares are positive and make exactly 100 %.
    """
    if any(share <= 0 for share in shares) or sum(shares) != WHOLE:
        raise InvalidInput(n_("The shares must make 100 %% together. They make %(sum)s %% now."), field="share",
                           sum=shown_share(sum(shares)))  # fmt: skip
    parts = [cost * share // WHOLE for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda place: (-(cost * shares[place] % WHOLE), place))
    for place in by_rest[: cost - sum(parts)]:
        parts[place] += 1
    return parts


def shown_share(share: int) -> str:
    """Basis points as per cent: 3333 → '33.33'."""
    return f"{Decimal(share).scaleb(-2):f}".rstrip("0").rstrip(".") if share % 100 else str(share // 100)
