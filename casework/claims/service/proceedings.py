"""Starting a proceeding, changing who helps in it, recording how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.access.permissions import Actor, Permission, require
from casework.audit.recorder import record
from casework.cases.models import Case
from casework.cases.service import new_record
from casework.claims.kinds import LEGAL, PROCEEDINGS
from casework.claims.models import Proceeding, ProceedingSealed, ProceedingStep, ProceedingStepSealed
from casework.claims.service.parties import check_money, check_own, name_party
from casework.codes.dates import PartialDate
from casework.codes.service import check
from casework.db import check_version, db, today, touch
from casework.errors import InvalidInput, n_
from casework.vault import fields
from casework.vault.text import clean_line


@dataclass(frozen=True, slots=True)
class ProceedingData:
    """Who helps in a proceeding and what is asked for. Words are sealed; `party` as in LossData."""

    role: str
    country: str
    lawyer: str = ""
    office: str = ""
    file_number: str = ""
    about: str = ""
    claimed: int | None = None
    currency: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class StageData:
    """A stage it came to. `over` ends the proceeding; amounts that are None stay as they were."""

    stage: str
    occurred: PartialDate | None = None
    note: str = ""
    awarded: int | None = None
    paid: int | None = None
    currency: str | None = None
    over: bool = False


def start_proceeding(
    case: Case, kind: str, data: ProceedingData, stage: StageData, *, by: Actor, source: str = "said"
) -> Proceeding:
    """Record a proceeding with the stage it is at. Raises InvalidInput; NotAllowed for a role without class legal."""
    require(by, Permission.NOTE_WRITE)
    _check(kind, data)
    _check_stage(kind, stage, data.currency)
    row = new_record(
        Proceeding,
        case,
        by=by,
        data_class=LEGAL,
        source=source,
        occurred=stage.occurred,
        kind=kind,
        role=data.role,
        country=data.country,
        stage=stage.stage,
        claimed=data.claimed,
        currency=data.currency,
    )
    db.session.flush()
    sealed = ProceedingSealed(id=row.id, root_id=case.person_id)
    _seal(sealed, data)
    db.session.add(sealed)
    body = {"kind": kind, "stage": stage.stage, "country": data.country}
    record(by, "proceeding.started", case_id=case.id, subject=("proceeding", row.id), body=body)
    db.session.flush()
    name_party(case, data.party, by=by, proceeding_id=row.id)
    _step(row, case, stage, by=by, source=source, timeline=False)
    return row


def change_proceeding(
    row: Proceeding, case: Case, data: ProceedingData, *, by: Actor, expected_version: int | None
) -> Proceeding:
    """Mend role, country, lawyer, office and what is claimed. Raises StaleRecord, NotAllowed, InvalidInput."""
    check_own(row.author_org_id, by)
    check_version(row, expected_version)
    _check(row.kind, data)
    if data.currency is None:
        check_money(None, row.awarded, row.paid)
    row.role, row.country = data.role, data.country
    row.claimed, row.currency = data.claimed, data.currency
    touch(row)
    _seal(db.session.get_one(ProceedingSealed, row.id), data)
    record(by, "proceeding.changed", case_id=case.id, subject=("proceeding", row.id), body={"role": row.role})
    db.session.flush()
    name_party(case, data.party, by=by, proceeding_id=row.id)
    return row


def enter_stage(
    row: Proceeding, case: Case, stage: StageData, *, by: Actor, expected_version: int | None, source: str = "said"
) -> ProceedingStep:
    """Record that a proceeding came to a stage, what was awarded and really paid, and whether it is over."""
    check_own(row.author_org_id, by)
    check_version(row, expected_version, {"stage": row.stage, "currency": row.currency})
    _check_stage(row.kind, stage, stage.currency or row.currency)
    step = _step(row, case, stage, by=by, source=source)
    row.stage = stage.stage
    row.currency = stage.currency or row.currency
    row.awarded = row.awarded if stage.awarded is None else stage.awarded
    row.paid = row.paid if stage.paid is None else stage.paid
    row.ended_on = _ended(stage)
    body = {"stage": row.stage, "over": stage.over}
    record(by, "proceeding.stage", case_id=case.id, subject=("proceeding", row.id), body=body)
    db.session.flush()
    return step


def _ended(stage: StageData) -> date | None:
    if not stage.over:
        return None
    return (stage.occurred.last if stage.occurred else None) or today()


def _step(
    row: Proceeding, case: Case, stage: StageData, *, by: Actor, source: str, timeline: bool = True
) -> ProceedingStep:
    step = new_record(
        ProceedingStep,
        case,
        by=by,
        data_class=LEGAL,
        source=source,
        occurred=stage.occurred,
        timeline=timeline,
        proceeding_id=row.id,
        stage=stage.stage,
    )
    db.session.flush()
    sealed = ProceedingStepSealed(id=step.id, root_id=case.person_id)
    fields.seal(sealed, note=stage.note)
    db.session.add(sealed)
    db.session.flush()
    return step


def _seal(sealed: ProceedingSealed, data: ProceedingData) -> None:
    fields.seal(
        sealed,
        lawyer=clean_line(data.lawyer, limit=300, field="lawyer"),
        office=clean_line(data.office, limit=300, field="office"),
        file_number=clean_line(data.file_number, field="file_number"),
        about=data.about,
    )


def _check(kind: str, data: ProceedingData) -> None:
    if kind not in PROCEEDINGS:
        raise InvalidInput(n_("Choose one of the values in the list."), field="kind")
    if data.role not in PROCEEDINGS[kind].roles:
        raise InvalidInput(n_("Choose what the person is in this kind of proceeding."), field="role")
    check("country", data.country, field="country")
    if data.currency is not None:
        check("assistance_unit", data.currency, field="currency", group="money")
    check_money(data.currency, data.claimed)


def _check_stage(kind: str, stage: StageData, currency: str | None) -> None:
    entry = check("legal_stage", stage.stage, field="stage")
    if entry.group not in PROCEEDINGS[kind].stages:
        raise InvalidInput(n_("This stage belongs to another kind of proceeding. Choose again."), field="stage")
    occurred = stage.occurred
    if occurred and occurred.first is not None and occurred.first > today():
        raise InvalidInput(n_("This date lies in the future. Check the year."), field="occurred")
    check_money(currency, stage.awarded, stage.paid)
