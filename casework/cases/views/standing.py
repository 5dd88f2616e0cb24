"""What stands about a person, as the fields of the forms show it."""

from __future__ import annotations

from casework.codes.dates import PartialDate
from casework.people.forms import OriginForm
from casework.people.models import Person
from casework.people.service import data_of
from casework.web.forms import PartialDay


def shown(person: Person) -> dict[str, object]:
    """What stands about a person, by the fields of the forms, with its version."""
    data = data_of(person)
    values: dict[str, object] = {
        name: getattr(data, name)
        for name in (*OriginForm.PLAIN, "interpreter_needed", "address", "sex", "gender", "birth_ground")
    }
    for part in ("latin_family", "latin_given", "khmer_family", "khmer_given", "use_name"):
        values[part] = getattr(data.names, part)
    values["aliases"] = "\n".join(data.names.aliases)
    return values | {"birth": day_of(data.birth), "version": str(person.version)}


def day_of(birth: PartialDate) -> PartialDay | None:
    """A birth as the boxes of the form show it; an estimated age leaves them empty."""
    if birth.first is None or birth.last is None or birth.precision not in ("day", "month", "year"):
        return None
    return PartialDay(birth.first, birth.last, str(birth.precision), False)
