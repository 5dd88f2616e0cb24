"""Forms of screenings: how the talk takes place, and the questions in plain words with the reason for asking."""

from __future__ import annotations

from typing import NamedTuple

from casework.errors import n_
from casework.identification.kinds import PRESENT_WORDS
from casework.identification.service import Setting
from casework.web.forms import BaseForm, Choice, Choices, LongText, Text, YesNo


class SettingForm(BaseForm):
    """Before the questions: where, in which language, who is there."""

    country = Choice(n_("Country you are in"), look="select", needed=n_("Choose the country you are in."))
    province = Choice(n_("Province of Cambodia"), look="select")
    place = Text(n_("Place of the talk"), hint=n_("A room where nobody listens. Kept sealed."))
    language = Choice(n_("Language of the talk"), look="select", needed=n_("Choose the language of the talk."))
    interpreter = YesNo(n_("Is there an interpreter?"), needed=n_("Say whether there is an interpreter."))
    interpreter_name = Text(
        n_("Name of the interpreter"),
        hint=n_("Never a companion or a relative. Of the sex the person prefers."),
    )
    present = Choice(
        n_("Who else is in the room"), choices=PRESENT_WORDS.items(), needed=n_("Choose who else is in the room.")
    )

    def setting(self) -> Setting:
        """What was typed, as the service takes it."""
        return Setting(
            country=self.country.data,
            language=self.language.data,
            present=self.present.data,
            province=self.province.data,
            interpreter=bool(self.interpreter.data),
            place=self.place.data or "",
            interpreter_name=self.interpreter_name.data or "",
        )


class Part(NamedTuple):
    """Some questions that belong together: heading, why we ask, names of the fields."""

    heading: str
    reason: str
    fields: tuple[str, ...]


PARTS = (
    Part(
        n_("How it began"),
        n_("We ask to see whether the offer was honest and whether the person could say no."),
        ("indicator_D1", "indicator_D2", "indicator_D3"),
    ),
    Part(
        n_("The work, or what the person had to do"),
        n_("We ask to see whether the work was fair: hours, pay, safety, food and rest."),
        ("indicator_D4",),
    ),
    Part(
        n_("Free to leave, or not"),
        n_("We ask because work that nobody may leave is not free, even where it is paid."),
        ("indicator_D5", "indicator_D6"),
    ),
    Part(
        n_("What was done, how, and what for"),
        n_("We keep the three apart. Bad work alone does not show all of them."),
        ("act", "protocol_means", "exploitation_type"),
    ),
    Part(
        n_("More signs: forced work"),
        n_("The short list that is used in many countries. One sign may be enough, or several may be needed."),
        ("forced_labour_indicator",),
    ),
    Part(
        n_("More signs: online work in a compound"),
        n_("For people who were kept in a compound to defraud others."),
        ("scam_compound_indicator",),
    ),
    Part(
        n_("More signs: at sea, marriage, children, commercial sex, at the border"),
        n_("Open this if one of these fits what the person tells."),
        ("supplementary_indicator",),
    ),
)


class AnswersForm(BaseForm):
    """What was noted. Everything may be left open; nothing is asked twice."""

    earlier = Choices(n_("Answered before: do not ask again"), hint=n_("Tick what still holds."))
    indicator_D1 = Choices(n_("Was something untrue in the offer?"))
    indicator_D2 = Choices(n_("Was the person forced or threatened to go?"))
    indicator_D3 = Choices(n_("Was a difficult situation used?"))
    indicator_D4 = Choices(n_("How was the work?"))
    indicator_D5 = Choices(n_("Was the person forced, threatened or kept there?"))
    indicator_D6 = Choices(n_("Was the person dependent on somebody there?"))
    act = Choices(n_("What was done"))
    protocol_means = Choices(n_("How it was done"))
    exploitation_type = Choices(n_("What for"))
    forced_labour_indicator = Choices(n_("Signs of forced work"))
    scam_compound_indicator = Choices(n_("Signs of online work in a compound"))
    supplementary_indicator = Choices(n_("Other signs"))
    testimony = LongText(
        n_("In the person's own words"),
        hint=n_("Kept sealed with this person. It is not shared without consent."),
        rows=8,
    )
    then = Choice(
        n_("What now"),
        choices=[("open", n_("Go on")), ("paused", n_("Stop here")), ("finished", n_("Finish"))],
        look="radios",
    )

    def answers(self) -> dict[str, list[str]]:
        """List -> codes that were ticked."""
        found: dict[str, list[str]] = {}
        for part in PARTS:
            for name in part.fields:
                found.setdefault(list_of(name), []).extend(self[name].data or [])
        return found


def list_of(field: str) -> str:
    """The code list behind a field: the operational indicators stand in one field for each dimension."""
    return field.partition("_D")[0] if field.startswith("indicator_D") else field
