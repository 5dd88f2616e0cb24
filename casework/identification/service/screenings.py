"""Starting a screening, noting what is found in it, pausing and finishing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import add_task, finish_tasks, new_record, set_station
from casework.codes.dates import known
from casework.codes.service import check, check_place
from casework.db import check_version, db, end_of_day, today, utcnow
from casework.errors import InvalidInput, NotAllowed, NotVisible, n_
from casework.identification.kinds import (
    CONDUCT,
    HOME,
    PAUSE_DAYS,
    PREFERENCES,
    PRESENT,
    SCREENING_LISTS,
    SEXES_OF_TALK,
)
from casework.identification.models import Screening, ScreeningIndicator, ScreeningSealed
from casework.identification.queries.screenings import answers_of, earlier_answers
from casework.identification.service.counting import count_again
from casework.identification.workflow.states import check_move
from casework.vault import fields

HISTORY = "trafficking_history"
STATION = "identification"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and how the talk takes place. `place` and `interpreter_name` are sealed under the person's key."""

    country: str
    language: str
    present: str
    province: str | None = None
    interpreter: bool = False
    place: str = ""
    interpreter_name: str = ""
    preferred_sex: str | None = None
    interviewer_sex: str | None = None
    interpreter_sex: str | None = None
    conduct: Sequence[str] = CONDUCT
    """What was made sure before the first question."""
    agreed_all_the_same: bool = False
    """The person goes on though nobody of the preferred sex could be found."""


def start_screening(case: Case, setting: Setting, *, by: Actor, source: str = "said") -> Screening:
    """Begin a screening talk and open the station identification. Several per case; none is needed for urgent help."""
    require(by, Permission.IDENTIFICATION_SCREEN)
    _check_setting(setting)
    now = utcnow()
    row = new_record(
        Screening,
        case,
        by=by,
        data_class=HISTORY,
        source=source,
        occurred=known(today()),
        state="open",
        country=setting.country,
        province=setting.province or None,
        language=setting.language,
        interpreter=setting.interpreter,
        present=setting.present,
        preferred_sex=setting.preferred_sex,
        interviewer_sex=setting.interviewer_sex,
        interpreter_sex=setting.interpreter_sex,
        started_at=now,
        changed_at=now,
    )
    db.session.flush()
    sealed = ScreeningSealed(id=row.id, root_id=case.person_id)
    words = {"place": setting.place, "interpreter": setting.interpreter_name}
    known_words: dict[str, object] = {name: text for name, text in words.items() if text}
    if setting.agreed_all_the_same:
        known_words["agreed_all_the_same"] = True
    fields.seal(sealed, setting=known_words or None)
    db.session.add(sealed)
    body = {"present": setting.present}
    record(by, "screening.started", case_id=case.id, subject=("screening", row.id), body=body)
    db.session.flush()
    set_station(case, STATION, "open", by=by)
    return row


def _check_setting(setting: Setting) -> None:
    check("country", setting.country, field="country")
    if setting.province and setting.country != HOME:
        raise InvalidInput(n_("Provinces are known for Cambodia only. Leave the province empty."), field="province")
    check_place(setting.province, None, field="province")
    check("language", setting.language, field="language")
    if setting.present not in PRESENT:
        raise InvalidInput(n_("Choose one of the values in the list."), field="present")
    _check_conduct(setting)


def _check_conduct(setting: Setting) -> None:
    """Do no harm (WHO interviewing standards 2003): what must hold before the first question."""
    if not set(CONDUCT) <= set(setting.conduct):
        message = n_("Make sure of each of these first. Food, rest and a doctor come before questions.")
        raise InvalidInput(message, field="conduct")
    if setting.preferred_sex not in (None, *PREFERENCES):
        raise InvalidInput(n_("Choose one of the values in the list."), field="preferred_sex")
    for name in ("interviewer_sex", "interpreter_sex"):
        sex = getattr(setting, name)
        if sex not in (None, *SEXES_OF_TALK):
            raise InvalidInput(n_("Choose one of the values in the list."), field=name)
        wanted = setting.preferred_sex in SEXES_OF_TALK and sex is not None
        if wanted and sex != setting.preferred_sex and not setting.agreed_all_the_same:
            message = n_(
                "The person would rather talk to somebody else. Find a colleague, or tick that the person goes on "
                "all the same."
            )
            raise InvalidInput(message, field=name)


def note_answers(
    screening: Screening,
    case: Case,
    *,
    by: Actor,
    expected_version: int,
    answers: Mapping[str, Iterable[str]],
    earlier: Iterable[str] = (),
    told: Mapping[str, Any] | None = None,
    testimony: str = "",
    then: str = "open",
) -> Screening:
    """Save what was noted so far and go on (open), stop for now (paused) or end the screening (finished).

    `answers` is list -> codes and replaces what stood; `earlier` names answers of earlier screenings ('list:code')
    taken over without asking again; `told` is question of a block -> answer, sealed: None empties it, questions that
    are not named stay. Only the office that began it writes in it.
    """
    require(by, Permission.IDENTIFICATION_SCREEN)
    if screening.case_id != case.id:
        raise NotVisible
    if screening.author_org_id != by.organisation_id:
        raise NotAllowed(n_("Another office began this screening. Start your own; its answers are shown in it."))
    check_version(screening, expected_version)
    check_move(screening.state, then)
    changes = _set_answers(screening, answers, _taken_over(screening, by, earlier))
    _set_words(screening, case, testimony, told or {})
    _move(screening, case, by=by, then=then)
    record(by, f"screening.{then}", case_id=case.id, subject=("screening", screening.id), body=changes)
    db.session.flush()
    if screening.state == "finished":
        count_again([case.id])
    return screening


def _taken_over(screening: Screening, by: Actor, wanted: Iterable[str]) -> dict[tuple[str, str], UUID]:
    """(list, code) -> the earlier screening it comes from. Raises InvalidInput for what no earlier one said."""
    wanted = list(wanted)
    if not wanted:
        return {}
    shown = earlier_answers(by, screening)
    if not set(wanted) <= shown.keys():
        raise InvalidInput(n_("An earlier answer is not there any more. Load the page again."), field="earlier")
    return {(shown[key].list, shown[key].code): shown[key].screening_id for key in wanted}


def _set_answers(
    screening: Screening, answers: Mapping[str, Iterable[str]], taken: Mapping[tuple[str, str], UUID]
) -> dict[str, list[str]]:
    """Replace the noted answers; what did not change keeps its moment. Gives what was added and removed."""
    unknown = set(answers) - set(SCREENING_LISTS)
    if unknown:
        raise InvalidInput(n_("Choose one of the values in the list."), field=min(unknown))
    here = dict.fromkeys((name, code) for name, codes in answers.items() for code in codes)
    standing = {(row.list, row.code): row for row in answers_of([screening.id])}
    wanted: dict[tuple[str, str], UUID | None] = {**taken, **here}
    for (name, code), row in standing.items():
        if (name, code) not in wanted or row.earlier_id != wanted[name, code]:
            db.session.execute(
                delete(ScreeningIndicator)
                .where(ScreeningIndicator.screening_id == screening.id)
                .where(ScreeningIndicator.list == name, ScreeningIndicator.code == code)
            )
            db.session.expunge(row)
    for (name, code), earlier_id in wanted.items():
        if (name, code) not in standing or standing[name, code].earlier_id != earlier_id:
            _note(screening, name, code, earlier_id)
    added, removed = wanted.keys() - standing.keys(), standing.keys() - wanted.keys()
    return {"added": sorted(map(":".join, added)), "removed": sorted(map(":".join, removed))}


def _note(screening: Screening, name: str, code: str, earlier_id: UUID | None) -> None:
    entry = check(name, code, field=name)
    db.session.add(
        ScreeningIndicator(
            screening_id=screening.id,
            list=name,
            code=code,
            strength=entry.extra.get("strength") or None,
            provenance="earlier" if earlier_id else "here",
            earlier_id=earlier_id,
            noted_at=utcnow(),
        )
    )


def _set_words(screening: Screening, case: Case, testimony: str, told: Mapping[str, Any]) -> None:
    row = db.session.get(ScreeningSealed, screening.id)
    if row is None:
        row = ScreeningSealed(id=screening.id, root_id=case.person_id)
        db.session.add(row)
    for code in told:
        check("screening_question", code, field=f"told_{code}")
    answers = {**(fields.unseal(row, "answers") or {}), **told}
    kept = {code: answer for code, answer in answers.items() if answer is not None}
    fields.seal(row, testimony=testimony, answers=kept or None)


def _move(screening: Screening, case: Case, *, by: Actor, then: str) -> None:
    """Set the state; a paused screening stands on the list until somebody goes on with it."""
    now = utcnow()
    before, screening.state, screening.changed_at = screening.state, then, now
    screening.paused_at = now if then == "paused" else None
    screening.finished_at = now if then == "finished" else None
    if before == "paused":
        finish_tasks(case, screening.id, by=by)
    if then == "paused" and not case.historical:
        add_task(
            case,
            by=by,
            kind="screening",
            due_at=end_of_day(today() + timedelta(days=PAUSE_DAYS)),
            assignee_id=by.user_id,
            station=STATION,
            data_class=HISTORY,
            record_kind="screening",
            record_id=screening.id,
        )
