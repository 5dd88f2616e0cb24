"""Persons helped in a period, each counted once: by service, donor, sex, age and disability."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Permission
from casework.codes.queries import choices
from casework.people.kinds import SEXES
from casework.reports.forms import PersonsForm
from casework.reports.queries.measured import write_period
from casework.reports.queries.persons import AGES, UNFUNDED, donors_of, persons
from casework.reports.views.blueprint import bp
from casework.reports.views.indicators import period_of
from casework.reports.views.measures import part_words
from casework.reports.workflow import usual_filter
from casework.web.forms import Option
from casework.writes.http import seen


@bp.get("/reports/persons")
@requires(Permission.REPORT_STATISTICS)
def persons_helped() -> ResponseReturnValue:
    """Unique persons over the cases the office answers for, within the reach of the role."""
    by, usual = current(), usual_filter()
    form = PersonsForm(formdata=request.args, data={"first": usual.first, "last": usual.last})
    known = {row.code: row for row in choices("donor")}
    form.donor.choices = [
        Option("", gettext("all donors")),
        *(Option(code, part_words("", code, "donor")) for code in donors_of(by.organisation_id) if code in known),
        Option(UNFUNDED, gettext("no fund named")),
    ]
    period = period_of(form)
    if period is None:
        return render_template("reports/persons.html", form=form, found=None, period=None), 422
    donor = form.donor.data or None
    found = persons(by, period, donor)
    seen("report", [], report="persons", counted=found.whole if found else 0)
    return render_template(
        "reports/persons.html",
        form=form,
        found=found,
        period=period,
        sexes=SEXES,
        ages=AGES,
        part_words=part_words,
        freeze_url=url_for("reports.new_freeze", report="persons", filters=write_period(period, donor=donor)),
    )
