"""Forms of reports: the filter sentence (read from the address) and the questions before a file is made."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, Hidden, LongText, Text, Tick


class FilterForm(BaseForm):
    """The filter of the referral report. It comes with the address, so it carries no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    side = Choice(n_("Sent or received"), look="select")
    office = Choice(n_("Office"), look="select")
    service = Choice(n_("Service"), look="select")
    priority = Choice(n_("Priority"), look="select")
    status = Choice(n_("State"), look="select")
    first = Day(n_("From"), needed=n_("Enter the first day."))
    last = Day(n_("To"), needed=n_("Enter the last day."))


class CaseFilterForm(BaseForm):
    """The filter of the statistics, from the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    kind = Choice(n_("Cases"), look="select")
    first = Day(n_("From"))
    last = Day(n_("To"))


class PeriodForm(BaseForm):
    """The period of the indicators, from the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    first = Day(n_("From"), needed=n_("Enter the first day."))
    last = Day(n_("To"), needed=n_("Enter the last day."))


class PersonsForm(PeriodForm):
    """The filter of the persons helped, from the address."""

    donor = Choice(n_("Paid by"), look="select")


class KeepFilterForm(BaseForm):
    """What a filter is called, and which days it means when it is opened again."""

    filters = Hidden(limit=1_000)
    name = Text(n_("Name of the filter"), hint=n_("Only you see it."), needed=n_("Enter a name for the filter."))
    span = Choice(n_("Which days"), look="radios", needed=n_("Choose which days the filter means."))


class FreezeForm(BaseForm):
    """Before a report is frozen: what it is called, and to whom it is handed in."""

    report = Hidden(limit=40)
    filters = Hidden(limit=1_000)
    title = Text(n_("Title"), hint=n_("Such as: Third quarter 2026."), needed=n_("Enter a title."))
    receiver = Text(n_("Handed in to"), needed=n_("Enter to whom the report is handed in."))
    remark = LongText(n_("Remark"), rows=3, limit=1_000, hint=n_("No names of persons here."))


class ExportForm(BaseForm):
    """Before a file is made: which kind, who gets it, what for, and what the receiver agreed to."""

    filters = Hidden(limit=1_000)
    file_format = Choice(
        n_("Kind of file"),
        choices=[("xlsx", n_("Spreadsheet (XLSX), with a first sheet that says what it is")), ("csv", n_("CSV"))],
        needed=n_("Choose the kind of file."),
    )
    recipient = Text(
        n_("Who gets the file"),
        hint=n_("A name and an office. Yourself, if it stays with you."),
        needed=n_("Enter who gets the file: a name and an office."),
    )
    reason = LongText(
        n_("What it is needed for"),
        rows=3,
        limit=1_000,
        hint=n_("No names of persons here."),
        needed=n_("Enter what the file is needed for."),
    )
    agreed = Tick(
        n_("The receiver agreed to use it for this only, to keep it safe and to delete it afterwards"),
        needed=n_("Ask the receiver first, then tick this."),
    )
