"""Form fields for days, partly known days and moments: number boxes, Khmer and Thai digits, Buddhist years."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from casework.db import PHNOM_PENH, today
from casework.errors import n_
from casework.web import digits
from casework.web.fields import Own
from casework.web.shims import StopValidation, get_locale, gettext, translate, unset_value

BUDDHIST = 543
"""Buddhist year minus Gregorian year."""
BUDDHIST_FROM = 2400
"""A year above this is taken for a Buddhist one, after asking."""


class PartialDay(NamedTuple):
    """A day known wholly or in part, as the interval it may lie in; precision is a code of `date_precision`."""

    date_from: date
    date_to: date
    precision: str
    about: bool = False
    """The person was not sure ('about 2016')."""


class Box(NamedTuple):
    """One of the boxes of a date: the end of its name, its label, how many characters wide."""

    part: str
    label: str
    width: int


class Boxes(Own):
    """Base: a value typed into several boxes named NAME-PART."""

    template = "date"
    boxes: tuple[Box, ...] = (Box("day", n_("Day"), 2), Box("month", n_("Month"), 2), Box("year", n_("Year"), 4))
    about_box = False

    def __init__(self, label: str, *, past: bool = False, future: bool = False, limit: int = 12, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, **kwargs)
        self.past, self.future = past, future
        self.parts: dict[str, str] = {}
        self.buddhist: int | None = None

    @property
    def names(self) -> list[str]:
        extra = ["buddhist"] + (["about"] if self.about_box else [])
        return [f"{self.name}-{part}" for part in [box.part for box in self.boxes] + extra]

    @property
    def anchor(self) -> str:
        return f"{self.id}-{self.boxes[0].part}"

    @property
    def typed(self) -> dict[str, list[str]]:
        return {f"{self.name}-{part}": [text] for part, text in self.parts.items() if text}

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        self.parts = self.split(self.data)
        if formdata is None or not any(name in formdata for name in self.names):
            return
        start = len(self.name) + 1
        self.parts = {name[start:]: (formdata.get(name) or "").strip() for name in self.names}
        self.data = None
        if not any(self.parts[box.part] for box in self.boxes):
            return
        try:
            self.data = self.read()
        except ValueError as error:
            self.process_errors.append(str(error))

    def split(self, value: Any) -> dict[str, str]:
        """The boxes that show `value`, in the digits of the reader's language; Thai pages show Buddhist years."""
        if value is None:
            return {}
        language = str(get_locale())
        year = value.year + (BUDDHIST if language == "th" else 0)
        numbers = {"day": value.day, "month": value.month, "year": year}
        return {part: digits.shown(str(number), language) for part, number in numbers.items()}

    def read(self) -> Any:
        """The value typed, or ValueError with a sentence."""
        return self.bounded(self.whole_day())

    def ticks(self) -> list[tuple[str, str]]:
        """The boxes to tick under the date: (end of the name, words)."""
        ticks = []
        if self.buddhist:
            values = {"year": self.buddhist, "gregorian": self.buddhist - BUDDHIST}
            ticks.append(("buddhist", gettext("Buddhist year: %(year)s is %(gregorian)s", **values)))
        if self.about_box:
            ticks.append(("about", gettext("About, not sure")))
        return ticks

    def number(self, part: str, message: str) -> int:
        """The number in a box; `message` is said when there is none."""
        text = digits.plain(self.parts[part])
        if not re.fullmatch(r"\d{1,4}", text):
            raise ValueError(translate(message))
        return int(text)

    def year(self) -> int:
        """The Gregorian year typed; a Buddhist one must be confirmed, except on Thai pages, where it is usual."""
        year = self.number("year", n_("Enter the year in four digits, such as 2026."))
        if year > BUDDHIST_FROM:
            self.buddhist = year if str(get_locale()) != "th" else None
            if self.buddhist and not self.parts.get("buddhist"):
                values = {"year": year, "gregorian": year - BUDDHIST}
                message = n_("%(year)s looks like a Buddhist year. Tick if you mean %(gregorian)s.")
                raise ValueError(gettext(message, **values))
            year -= BUDDHIST
        if not 1900 <= year <= 2150:
            raise ValueError(gettext("Enter a year between 1900 and 2150."))
        return year

    def whole_day(self) -> date:
        """The day in the three boxes, or ValueError with a sentence."""
        day = self.number("day", n_("Enter the day as a number."))
        month = self.number("month", n_("Enter the month as a number from 1 to 12."))
        return self.make(self.year(), month, day)

    def make(self, year: int, month: int, day: int) -> date:
        """A real day of the calendar."""
        if not 1 <= month <= 12:
            raise ValueError(gettext("Enter the month as a number from 1 to 12."))
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            raise ValueError(gettext("That month has %(days)s days. Enter the day again.", days=last))
        return date(year, month, day)

    def bounded(self, day: date, last: date | None = None) -> date:
        """Refuse a day on the wrong side of today; `last` is the end of a partly known one."""
        if self.past and day > today():
            raise ValueError(gettext("Enter a day that is not in the future."))
        if self.future and (last or day) < today():
            raise ValueError(gettext("Enter today or a later day."))
        return day

    def check_text(self, value: str) -> None:
        if len(value) > self.limit:
            raise StopValidation(gettext("Enter the date in numbers."))
        super().check_text(value)


class Day(Boxes):
    """A whole day. `.data` is a date or None. `past`: not after today; `future`: not before today (Phnom Penh)."""

    def show(self, value: Any) -> str:
        return " ".join(self.split(value).values())


class PartialDate(Boxes):
    """A day of which a part may be missing. `.data` is a PartialDay or None; 'about' marks what is not sure."""

    about_box = True

    def split(self, value: Any) -> dict[str, str]:
        if value is None:
            return {}
        known = {"day": 3, "month": 2}.get(value.precision, 1)
        parts = super().split(value.date_from)
        kept = dict(list(parts.items())[-known:])
        return {**kept, "about": "yes"} if value.about else kept

    def read(self) -> PartialDay:
        has_day, has_month = bool(self.parts["day"]), bool(self.parts["month"])
        if not self.parts["year"]:
            raise ValueError(gettext("Enter the year. If it is not known, leave all boxes empty."))
        if has_day and not has_month:
            raise ValueError(gettext("Enter the month as well, or leave the day empty."))
        year = self.year()
        month = self.number("month", n_("Enter the month as a number from 1 to 12.")) if has_month else 1
        day = self.number("day", n_("Enter the day as a number.")) if has_day else 1
        first = self.make(year, month, day)
        if has_day:
            last, precision = first, "day"
        elif has_month:
            last, precision = first.replace(day=calendar.monthrange(year, month)[1]), "month"
        else:
            last, precision = date(year, 12, 31), "year"
        self.bounded(first, last)
        return PartialDay(first, last, precision, bool(self.parts.get("about")))

    def show(self, value: Any) -> str:
        parts = self.split(value)
        about = parts.pop("about", "")
        text = " ".join(parts.values())
        return gettext("about %(date)s", date=text) if about else text


CLOCK = re.compile(r"(\d{1,2})[:.h]?(\d{2})")


class Moment(Boxes):
    """A day and a time of the clock in Phnom Penh. `.data` is a moment in UTC or None."""

    boxes = (*Boxes.boxes, Box("time", n_("Time, such as 14:05"), 5))

    def split(self, value: Any) -> dict[str, str]:
        if value is None:
            return {}
        local = value.astimezone(PHNOM_PENH)
        clock = digits.shown(f"{local:%H:%M}", str(get_locale()))
        return {**super().split(local.date()), "time": clock}

    def read(self) -> datetime:
        day = self.bounded(self.whole_day())
        match = CLOCK.fullmatch(digits.plain(self.parts["time"]))
        if not match or int(match[1]) > 23 or int(match[2]) > 59:
            raise ValueError(gettext("Enter the time as hours and minutes, such as 14:05."))
        return datetime(day.year, day.month, day.day, int(match[1]), int(match[2]), tzinfo=PHNOM_PENH).astimezone(UTC)

    def show(self, value: Any) -> str:
        return " ".join(self.split(value).values())
