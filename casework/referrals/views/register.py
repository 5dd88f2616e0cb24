"""The register of letters on pages: lists in and out, one letter with its lines, its print, its PDF and its scan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from casework.access.guards import current, requires
from casework.access.permissions import Actor, Permission
from casework.access.queries import organisation_names, organisations
from casework.access.views.addresses import form_at
from casework.cases.models import Case
from casework.cases.queries import case_by_code
from casework.cases.views.links import link_record
from casework.codes.queries import choices
from casework.db import today
from casework.documents.forms import spool_upload
from casework.documents.pdf import letter_pdf
from casework.documents.queries import get_scan, scan_bytes
from casework.documents.service import Spooled
from casework.errors import InvalidInput, NotAllowed, NotVisible, n_
from casework.referrals import queries, service
from casework.referrals.forms import PaperForm, ScanForm
from casework.referrals.models import Letter, Referral
from casework.referrals.views.blueprint import bp
from casework.referrals.views.sheet import sheet_of
from casework.web.choices import Option
from casework.web.digits import plain
from casework.web.forms import chosen_id
from casework.web.languages import LANGUAGES
from casework.writes.http import open_form, seen, submit
from casework.writes.orchestrator import Answer

link_record("letter_case", "referrals.letter_of_case", "line_id", Permission.CASE_SEE)
ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@bp.get("/letters")
@requires(Permission.REFERRAL_SEND)
def register() -> ResponseReturnValue:
    """The office's register of letters, in or out: numbers, days, offices and case codes."""
    by = current()
    direction = "in" if request.args.get("box") == "in" else "out"
    year, number = _typed_number(request.args.get("number", ""))
    after = queries.LetterKey.read(request.args.get("after"))
    rows, key = queries.register_of(by, direction, year=year, number=number, after=after)
    about, offices = queries.about_of(by, rows), queries.offices_of(by, rows)
    seen("letters", [case_id for cases in about.values() for case_id, _ in cases], box=direction)
    return render_template(
        "letters/register.html",
        rows=rows,
        box=direction,
        about=about,
        offices=offices,
        names=organisation_names({org_id for ids in offices.values() for org_id in ids}),
        words=queries.words_of_letters(by, rows),
        number=request.args.get("number", ""),
        next_url=url_for(".register", box=direction, after=str(key)) if key else "",
    )


@bp.get("/letters/<uuid:letter_id>")
@requires(Permission.CASE_SEE)
def letter_page(letter_id: UUID) -> ResponseReturnValue:
    """One letter: for each office its lines; a receiver sees its own only."""
    by = current()
    letter = queries.get_letter(by, letter_id)
    lines, cases = queries.lines_of(by, letter), queries.cases_of(by, letter)
    seen("letter", [*(row.case_id for row, _ in lines), *(case_id for case_id, _ in cases)], number=letter.label)
    ids = {row.to_org_id for row, _ in lines if row.to_org_id} | {letter.org_id}
    whole = queries.reads_whole(by, letter)
    return render_template(
        "letters/page.html",
        letter=letter,
        lines=lines,
        cases=cases,
        own=letter.org_id == by.organisation_id,
        names=organisation_names(ids | ({letter.other_org_id} if letter.other_org_id else set())),
        words=queries.words_of_letters(by, [letter]).get(letter.id) if whole else None,
        whole=whole,
        languages=LANGUAGES,
    )


@bp.get("/cases/<uuid:case_id>/letters/<uuid:line_id>")
@requires(Permission.CASE_SEE)
def letter_of_case(case_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """From the timeline of a case to the letter."""
    return letter_page(queries.letter_of_line(current(), case_id, line_id))


@bp.get("/letters/<uuid:letter_id>/pdf")
@requires(Permission.REFERRAL_SEND)
def letter_file(letter_id: UUID) -> ResponseReturnValue:
    """The letter to one office as PDF, in Khmer or English; making it is recorded like any view."""
    by = current()
    letter, lines = _to_one_office(by, letter_id, request.args.get("to"))
    wanted = request.args.get("language", by.language)
    language = wanted if wanted in LANGUAGES else "en"
    seen("letter_pdf", [row.case_id for row, _ in lines], number=letter.label, language=language)
    with force_locale(language):
        body = letter_pdf(sheet_of(by, letter, lines, language=language, own=request.args.get("copy") == "own"))
    response = Response(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename=letter-{letter.id.hex[-6:]}.pdf"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.get("/letters/<uuid:letter_id>/print")
@requires(Permission.REFERRAL_SEND)
def letter_print(letter_id: UUID) -> ResponseReturnValue:
    """The letter to one office as a page for the printer."""
    by = current()
    letter, lines = _to_one_office(by, letter_id, request.args.get("to"))
    seen("referral_letter", [row.case_id for row, _ in lines], number=letter.label)
    sheet = sheet_of(by, letter, lines, language=by.language, own=request.args.get("copy") == "own")
    return render_template("letters/print.html", sheet=sheet, day=today())


@form_at(bp, "/letters/record", Permission.REFERRAL_SEND, begin="new_paper")
def enter_paper(draft_id: UUID) -> ResponseReturnValue:
    """Enter a letter that came or went on paper."""
    by = current()
    form: Any = open_form(PaperForm, draft_id, data={"direction": "in", "day": today(), "data_class": "case_note"})
    form.other.choices = [Option(str(row.id), row.name) for row in organisations() if row.id != by.organisation_id]
    form.data_class.choices = [choice for choice in choices("data_class") if choice.code in by.classes]

    def act() -> Answer:
        cases = _cases(by, form.codes.data or "")
        if cases and not form.data_class.data:
            raise InvalidInput(n_("Choose what it is about: it decides who may see it."), field="data_class")
        letter = service.enter_letter(_paper(form), by=by, cases=cases)
        words = gettext("Entered as number %(number)s.", number=letter.label)
        return Answer(url_for("referrals.letter_page", letter_id=letter.id), words)

    def page(form: PaperForm) -> str:
        return render_template("letters/enter.html", form=form)

    return submit(form, key=draft_id, act=act, page=page)


def _own_whole(by: Actor, letter_id: UUID) -> Letter:
    letter = queries.get_letter(by, letter_id)
    if not queries.reads_whole(by, letter):
        raise NotAllowed(n_("Only who may see everybody this letter is about opens its signed paper."))
    return letter


@form_at(bp, "/letters/<uuid:letter_id>/scan", Permission.REFERRAL_SEND, begin="new_scan", load=_own_whole)
def add_scan(letter_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    """Attach the signed and stamped letter."""
    by = current()
    letter = _own_whole(by, letter_id)
    form: Any = open_form(ScanForm, draft_id)
    ready: list[Spooled] = []

    def prepare() -> None:
        if form.file.data is not None:
            ready.append(spool_upload(form.file.data, root_id=service.scan_root(letter)))

    def act() -> Answer:
        found = _own_whole(by, letter_id)
        service.attach_scan(found, ready[0], by=by, case_ids=_case_ids(by, found))
        return Answer(url_for("referrals.letter_page", letter_id=letter_id), gettext("The scan is stored."))

    def page(form: ScanForm) -> str:
        seen("letter", _case_ids(by, letter), number=letter.label)
        return render_template("letters/scan.html", form=form, letter=letter)

    return submit(form, key=draft_id, act=act, page=page, prepare=prepare)


@bp.get("/letters/<uuid:letter_id>/paper")
@requires(Permission.REFERRAL_SEND)
def letter_scan(letter_id: UUID) -> ResponseReturnValue:
    """The signed scan, for who may see everybody the letter is about; a neutral name, and its opening is recorded."""
    by = current()
    letter = _own_whole(by, letter_id)
    if letter.scan_id is None:
        raise NotVisible
    scan = get_scan(letter.scan_id)
    seen("letter_scan", _case_ids(by, letter), number=letter.label)
    response = Response(scan_bytes(scan), content_type=scan.media_type)
    ending = ENDINGS.get(scan.media_type, "bin")
    response.headers["Content-Disposition"] = f"attachment; filename=letter-{letter.id.hex[-6:]}-signed.{ending}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _case_ids(by: Actor, letter: Letter) -> list[UUID]:
    return [
        *(row.case_id for row, _ in queries.lines_of(by, letter)),
        *(one for one, _ in queries.cases_of(by, letter)),
    ]


def _to_one_office(by: Actor, letter_id: UUID, to: str | None) -> tuple[Letter, list[tuple[Referral, str]]]:
    """The letter of the own register with its visible lines to one office."""
    letter = queries.get_letter(by, letter_id)
    if letter.org_id != by.organisation_id:
        raise NotAllowed(n_("Only the office that sent it has the letter."))
    lines = queries.lines_of(by, letter)
    office = to if to is not None else str(lines[0][0].to_org_id or "") if lines else ""
    wanted = [(row, code) for row, code in lines if str(row.to_org_id or "") == office]
    if not wanted:
        raise NotVisible
    return letter, wanted


def _typed_number(text: str) -> tuple[int | None, int | None]:
    """Year and number out of what was typed: '2026/14', or '14' of any year."""
    first, slash, second = plain(text).strip().partition("/")
    year, number = (first, second) if slash else ("", first)
    return _int(year), _int(number)


def _int(text: str) -> int | None:
    return int(text.strip()[:9]) if text.strip().isascii() and text.strip().isdigit() else None


def _paper(form: Any) -> service.Paper:
    return service.Paper(
        direction=form.direction.data,
        day=form.day.data,
        subject=form.subject.data,
        other_org_id=chosen_id(form.other.data),
        other_name=form.other_name.data or "",
        their_number=form.their_number.data or "",
        about=form.about.data or "",
        paper=form.paper.data or "",
        data_class=form.data_class.data or "case_note",
    )


def _cases(by: Actor, text: str) -> list[Case]:
    """The cases named by their codes, each once. Raises InvalidInput for one that the actor can't find."""
    found: dict[UUID, Case] = {}
    for part in text.replace(",", " ").replace(";", " ").split():
        try:
            case = case_by_code(by, part)
        except NotVisible:
            raise InvalidInput(n_("There is no case %(code)s on your lists."), field="codes", code=part) from None
        found[case.id] = case
    return list(found.values())
