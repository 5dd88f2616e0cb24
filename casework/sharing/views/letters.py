"""One letter for several people: who, which help, which office for whom, the packets as they will be read, sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import Offer, offers
from casework.cases.models import Case
from casework.cases.queries import Filters, get_case, list_cases, names_on_list
from casework.codes.queries import choices
from casework.errors import InvalidInput
from casework.referrals.service import Wanted
from casework.sharing import service
from casework.sharing.forms import ChooseForm, LetterForm, letter_form
from casework.sharing.packet import Preview
from casework.sharing.service import LetterLine
from casework.sharing.views.blueprint import bp, of_codes, read_id, shareable
from casework.sharing.views.sending import CHANGED, priorities
from casework.web.filters import number
from casework.web.forms import Option, often_first
from casework.writes import drafts
from casework.writes.http import fresh, open_form, seen, submit
from casework.writes.orchestrator import Answer

PEOPLE, SERVICES = 30, 6
"""How many one letter takes."""


@bp.get("/letters/choose")
@requires(Permission.REFERRAL_SEND)
def choose_people() -> ResponseReturnValue:
    """For whom, and which help: the questions before a letter for several people."""
    by = current()
    asked = bool(request.args)
    form: Any = ChooseForm(formdata=request.args if asked else None)
    found = list_cases(by, Filters(owner=True), limit=PEOPLE)
    rows, names = found.rows, names_on_list(by, found.cases, found.classes)
    form.case.choices = [Option(str(row.case.id), row.case.code, names.get(row.case.id, "")) for row in rows]
    form.service.choices = of_codes("service_type", _offered(by))
    form.province.choices = choices("province")
    if asked and form.validate():
        cases, services = ",".join(form.case.data[:PEOPLE]), ",".join(form.service.data[:SERVICES])
        return fresh("sharing.write_letter", cases=cases, services=services, province=form.province.data)
    seen("list", [row.case.id for row in rows])
    return render_template("letters/choose.html", form=form, rows=rows)


@bp.route("/letters/new/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_SEND)
def write_letter(draft_id: UUID) -> ResponseReturnValue:
    """Say which office is asked for which help for whom; look at it; send it."""
    by = current()
    desk = Desk(by, draft_id)
    if not desk.cases or not desk.services:
        return redirect(url_for(".choose_people"), 303)
    form = desk.form

    def act() -> Answer:
        letter = service.send_letter(desk.lines(), by=by, digest=form.shown.data or "")
        return Answer(url_for("referrals.letter_page", letter_id=letter.id), gettext("It is sent."))

    if request.method == "POST" and not form.wants_draft:
        shown = form.shown.data
        looked = desk.look() if form.validate() else None
        digest = service.digest_of(looked) if looked else ""
        if looked is not None and (digest != shown or request.form.get("save") == "preview"):
            changed = bool(shown) and request.form.get("save") != "preview"
            if changed:
                form.form_errors = [gettext(CHANGED)]
            return desk.page(form, looked), 409 if changed else 200
    return submit(form, key=draft_id, act=act, page=lambda form: desk.page(form, None))


class Desk:
    """A letter while it is written: its people, the services, the offices that offer them, and the form."""

    def __init__(self, by: Actor, draft_id: UUID) -> None:
        self.by = by
        kept = drafts.load(draft_id, by=by) or {}
        self.cases = self._cases(_listed("cases", kept))
        self.services = [code.code for code in of_codes("service_type", _listed("services", kept)[:SERVICES])]
        self.province = "".join(_listed("province", kept))
        self.names = names_on_list(by, self.cases)
        found = offers(self.services, province=self.province or None, without=[by.organisation_id])
        self.offered = {code: [one for one in found if one.service_type == code] for code in self.services}
        form_class = letter_form(len(self.cases), len(self.services))
        self.form: Any = open_form(form_class, draft_id, data=self._first())
        self._offer()

    def _cases(self, ids: Sequence[str]) -> list[Case]:
        return [get_case(self.by, read_id(text, field="cases")) for text in ids[:PEOPLE]]

    def _first(self) -> dict[str, object]:
        """What an untouched form holds: the only office that offers a service is chosen."""
        values: dict[str, object] = {
            "cases": ",".join(str(case.id) for case in self.cases),
            "services": ",".join(self.services),
            "province": self.province,
            "purpose": "referral",
            "classes": [choice.code for choice in shareable()],
        }
        for column, code in enumerate(self.services):
            near = [one for one in self.offered[code] if one.near] or self.offered[code]
            if len(near) == 1:
                values |= {f"to_{row}_{column}": str(near[0].office.id) for row in range(len(self.cases))}
        return values

    def _offer(self) -> None:
        form = self.form
        form.purpose.choices = often_first(choices("consent_purpose"))
        form.priority.choices = priorities()
        form.reason.choices = choices("referral_reason")
        form.classes.choices = shareable()
        for column, code in enumerate(self.services):
            options = [Option(str(one.office.id), _words(one)) for one in self.offered[code]]
            for row in range(len(self.cases)):
                box = form[f"to_{row}_{column}"]
                box.choices, box.label.text = options, _code(code)

    def lines(self) -> list[LetterLine]:
        """One line for each person and service for which an office was chosen, office by office."""
        found = [
            LetterLine(case, self.wanted(row, column), f"to_{row}_{column}")
            for row, case in enumerate(self.cases)
            for column in range(len(self.services))
            if self.form[f"to_{row}_{column}"].data
        ]
        return sorted(found, key=lambda line: str(line.wanted.to_org_id))

    def wanted(self, row: int, column: int) -> Wanted:
        """What is asked for one person: the words for all, then the ones for this person only."""
        form = self.form
        words = [form.need.data or "", form[f"only_{row}"].data or ""]
        return Wanted(
            service_type=self.services[column],
            priority=form.priority.data or "",
            purpose=form.purpose.data or "",
            to_org_id=read_id(form[f"to_{row}_{column}"].data, field=f"to_{row}_{column}"),
            reason=form.reason.data,
            need="\n".join(part for part in words if part.strip()),
            follow_up=form.follow_up.data or "",
            classes=frozenset(form.classes.data or ()),
        )

    def look(self) -> list[Preview] | None:
        """The packets, or None with the reason beside its line."""
        try:
            return service.look_letter(self.lines(), by=self.by)
        except InvalidInput as error:
            self.form.blame(error)
            return None

    def page(self, form: LetterForm, looked: list[Preview] | None) -> str:
        """The form; under it, once the sender looked, what each office would get."""
        ids = [case.id for case in self.cases]
        seen("referral_preview" if looked else "form", ids, form="letter")
        form.shown.data, form.shown.raw_data = (service.digest_of(looked) if looked else ""), None
        offices = {one.office.id: one.office.name for found in self.offered.values() for one in found}
        return render_template(
            "letters/write.html",
            form=form,
            cases=self.cases,
            names=self.names,
            services=self.services,
            looked=list(zip(self.lines(), looked, strict=True)) if looked else [],
            offices=offices,
        )


def _offered(by: Actor) -> list[str]:
    """Services that another working office offers."""
    codes = [choice.code for choice in choices("service_type")]
    return sorted({one.service_type for one in offers(codes, without=[by.organisation_id])})


def _listed(name: str, kept: dict[str, list[str]]) -> list[str]:
    """The parts of a hidden field: sent now, kept in the draft, or out of the address."""
    text = request.form.get(name) or (kept.get(name) or [""])[0] or request.args.get(name, "")
    return [part for part in text.split(",") if part]


def _words(offer: Offer) -> str:
    """The office in a list: its name, and the places it says are free."""
    if offer.free is None:
        return offer.office.name
    return str(gettext("%(office)s (%(free)s free)", office=offer.office.name, free=number(offer.free)))


def _code(code: str) -> str:
    """A service in the reader's language: the label of its list of offices."""
    words: str = current_app.jinja_env.filters["code"](code, "service_type")
    return words
