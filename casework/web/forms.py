"""The base form and the field types: what is typed is checked here, what the domain allows is checked by services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from flask import current_app, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from casework.errors import DomainError, InvalidInput, n_
from casework.web.choices import Choice, Choices, Option, Tick, YesNo, chosen_id, often_first, option, options
from casework.web.dates import Day, Moment, PartialDate, PartialDay
from casework.web.fields import Code, Hidden, LongText, Own, Password, Text, Upload
from casework.web.numbers import Money, Number
from casework.web.render import render
from casework.web.shims import FlaskForm, StopValidation, ValidationError, gettext, translate

__all__ = [
    "BaseForm",
    "Choice",
    "Choices",
    "Code",
    "Day",
    "Difference",
    "Hidden",
    "LongText",
    "Moment",
    "Money",
    "Number",
    "Option",
    "PartialDate",
    "PartialDay",
    "Password",
    "StopValidation",
    "TapForm",
    "Text",
    "Tick",
    "Upload",
    "ValidationError",
    "YesNo",
    "chosen_id",
    "often_first",
    "option",
    "options",
]

SAVE = "save"
"""Name of the second button; its value 'draft' means: keep what is typed, do nothing else."""


UNKNOWN = "-"
"""Stands on the page about two versions where one of them has no say."""


class Difference(NamedTuple):
    """One field on the page about two versions."""

    label: str
    mine: str
    now: str
    name: str


class BaseForm(FlaskForm):
    """A form with CSRF token, draft id and version.

    Refuses inputs it does not have, control characters and over-long text, with a sentence; keeps everything
    typed when it is shown again. `blame()` puts an error of a service beside its field.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def render_field(self, field: Any, options: dict[str, Any]) -> Markup:
            return render(field, options)

    draft = Hidden(optional_mark=False, limit=64)
    version = Hidden(optional_mark=False, limit=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._accepted: set[str] = {SAVE}

    def fields(self) -> Iterator[Own]:
        """The fields that are ours, without the CSRF token."""
        return (field for field in self if isinstance(field, Own))

    def accept(self, *rows: BaseForm) -> None:
        """Take the inputs of further forms on the same page (rows with a prefix) as known."""
        for row in rows:
            self._accepted |= row.names()

    def names(self) -> set[str]:
        """Names of all inputs this form may send."""
        own = {name for field in self.fields() for name in field.names}
        return own | ({self.csrf_token.name} if "csrf_token" in self else set())

    def validate(self, extra_validators: Any = None) -> bool:
        """True when all fields are well typed and nothing foreign was sent; a prefixed row leaves that to the page."""
        valid = super().validate(extra_validators)
        if not self._prefix and (foreign := self.foreign()):
            names = ", ".join(name[:40] for name in foreign[:3])
            message = n_("The page sent something this form does not ask for (%(names)s). Open the form again.")
            self.form_errors = [gettext(message, names=names)]
            return False
        return valid

    def foreign(self) -> list[str]:
        """Names of inputs sent that the form does not have."""
        known = self.names() | self._accepted
        return sorted(name for name in {*request.form, *request.files} if name not in known)

    @property
    def wants_draft(self) -> bool:
        """True when the person pressed 'Save draft'."""
        return request.form.get(SAVE) == "draft"

    @property
    def seen_version(self) -> int | None:
        """The version of the record when the form was opened."""
        text = self.version.data
        # A version that was not sent comes from the record itself: as good as none.
        return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else None

    def blame(self, error: DomainError) -> None:
        """Show an error of a service: beside its field if it names one of this form, else on top."""
        message = translate(error.message, error.values)
        name = error.field if isinstance(error, InvalidInput) else None
        if name and name in self:
            self[name].errors = [*self[name].errors, message]
        else:
            self.form_errors = [*self.form_errors, message]

    def stands(self, faults: Iterable[InvalidInput]) -> bool:
        """Say beside its field what each of the faults says, where nothing is said yet; True when there are none."""
        fine = True
        for fault in faults:
            fine = False
            if not (fault.field and fault.field in self and self[fault.field].errors):
                self.blame(fault)
        return fine

    def typed(self) -> MultiDict[str, str]:
        """Everything typed but passwords, codes and files: what a draft keeps and `Form(formdata=...)` resumes."""
        pairs: list[tuple[str, str]] = []
        for field in self.fields():
            if not isinstance(field, Code | Password):
                pairs += [(name, value) for name, values in field.typed.items() for value in values]
        return MultiDict(pairs)

    def differences(self, current: Mapping[str, object], told: Mapping[str, str] | None = None) -> list[Difference]:
        """The rows of the 409 page: what stands now and no field asks (`told`: label -> words), then the fields that
        say otherwise than `current` (field name -> value now) or of which it knows nothing."""
        rows = [Difference(translate(label), UNKNOWN, translate(words), "") for label, words in (told or {}).items()]
        for field in self.fields():
            if isinstance(field, Hidden | Upload | Password | Code):
                continue
            known = field.short_name in current
            mine = field.show(field.data)
            now = field.show(current[field.short_name]) if known else UNKNOWN
            if mine != now and (known or not field.empty()):
                rows.append(Difference(translate(field.label.text), mine, now, field.name))
        return rows

    def summary(self, *rows: BaseForm) -> Markup:
        """The box on top of the page that lists what is wrong, with links to the fields; nothing if all is well."""
        problems = [problem for form in (self, *rows) for problem in form.problems()]
        if not problems:
            return Markup("")
        return self._component("summary", problems=problems)

    def problems(self) -> Iterable[tuple[str, str]]:
        """(message, id of the input or '') of each error."""
        yield from ((str(message), "") for message in self.form_errors)
        for field in self:
            for message in field.errors:
                yield str(message), field.anchor if isinstance(field, Own) else ""

    def start(self, action: str = "", *, method: str = "post") -> Markup:
        """The opening of the form with its hidden inputs; without `action` it goes to the page's own address."""
        files = any(isinstance(field, Upload) for field in self.fields())
        hidden = [field for field in self.fields() if isinstance(field, Hidden) and field.value]
        return self._component("start", form=self, action=action, method=method, files=files, hidden=hidden)

    def end(self, verb: str, *, draft: bool = True, warn: bool = False, cancel: str = "") -> Markup:
        """The two buttons and the end of the form. `verb` says what happens ('Send referral'), already translated.

        With `draft` the form may be kept unfinished: a second button, and every 20 seconds by itself. `warn` is
        for what cannot be undone. `cancel` is an address to go back to.
        """
        return self._component("end", verb=verb, draft=draft, warn=warn, cancel=cancel)

    def _component(self, name: str, **values: Any) -> Markup:
        template = current_app.jinja_env.get_template(f"components/form/{name}.html")
        return Markup(template.render(**values))  # noqa: S704 - the templates escape


class TapForm(BaseForm):
    """A button: only the token and the version travel."""
