"""Forms of screenings: how the talk takes place, what was told."""

from __future__ import annotations

from casework.errors import n_
from casework.identification.kinds import CONDUCT_WORDS, PREFERENCE_WORDS, PRESENT_WORDS, SEX_OF_TALK_WORDS
from casework.identification.service import Setting
from casework.web.forms import BaseForm, Choice, Choices, Text, Tick, YesNo


class SettingForm(BaseForm):
    """Before the questions: where, in which language, who is there."""

    country = Choice(n_("Country you are in"), look="select", needed=n_("Choose the country you are in."))
    province = Choice(n_("Province of Cambodia"), look="select")
    place = Text(n_("Place of the talk"), hint=n_("A room where nobody listens. Kept sealed."))
    language = Choice(n_("Language of the talk"), look="select", needed=n_("Choose the language of the talk."))
    conduct = Choices(
        n_("Before you begin"),
        choices=CONDUCT_WORDS.items(),
        needed=n_("Make sure of each of these first. Food, rest and a doctor come before questions."),
        hint=n_("Do not begin before all of this holds. The person's own view of the risk counts."),
    )
    preferred_sex = Choice(
        n_("Whom would the person rather talk to?"),
        choices=PREFERENCE_WORDS.items(),
        needed=n_("Ask the person: a woman, a man, or either."),
    )
    interviewer_sex = Choice(
        n_("Who leads the talk"), choices=SEX_OF_TALK_WORDS.items(), inline=True, needed=n_("Say who leads the talk.")
    )
    interpreter = YesNo(n_("Is there an interpreter?"), needed=n_("Say whether there is an interpreter."))
    interpreter_name = Text(
        n_("Name of the interpreter"),
        hint=n_("Never a companion or a relative. Of the sex the person prefers."),
    )
    interpreter_sex = Choice(n_("The interpreter is"), choices=SEX_OF_TALK_WORDS.items(), inline=True)
    present = Choice(
        n_("Who else is in the room"), choices=PRESENT_WORDS.items(), needed=n_("Choose who else is in the room.")
    )

    agreed_all_the_same = Tick(n_("Nobody of that sex can be found now, and the person wants to go on all the same"))

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
            preferred_sex=self.preferred_sex.data,
            interviewer_sex=self.interviewer_sex.data,
            interpreter_sex=self.interpreter_sex.data if self.interpreter.data else None,
            conduct=self.conduct.data or [],
            agreed_all_the_same=bool(self.agreed_all_the_same.data),
        )
