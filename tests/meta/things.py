"""One of everything: an office with a case that holds each kind of record, by the names that addresses use."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from casework.access.models import Organisation
from casework.access.permissions import Actor
from casework.access.service import deputies, sessions
from casework.assistance import service as assistance
from casework.cases import service as cases
from casework.cases.models import Case
from casework.cases.service import erasure, person
from casework.claims import service as claims
from casework.db import db, today, utcnow, uuid7
from casework.documents import service as documents
from casework.identification import service as identification
from casework.identification.kinds import EXPLAINED
from casework.people.names import Names
from casework.people.service import ContactData, DocumentData, PersonData, RelationData, ThirdPersonData, register
from casework.referrals import service as referrals
from casework.referrals.models import Letter, LetterCase
from casework.referrals.service import Wanted
from casework.reintegration import service as reintegration
from casework.reintegration.models import PlanGoal
from casework.repatriation import service as repatriation
from casework.repatriation.models import BestInterest
from casework.repatriation.queries import steps_of
from casework.reports.service import ask_export, freeze, keep_filter
from casework.reports.workflow import ReferralFilter
from casework.sharing import service as sharing
from casework.sharing.service import STOP
from tests import factories
from tests.sharing.scene import GROWN

Things = dict[str, Any]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CLASSES = (
    "identity", "contact", "safe_contact", "family", "location_current", "demographic", "trafficking_history",
    "identification", "health", "needs_risk", "assistance", "travel", "case_note", "statistics", "perpetrator", "legal",
)  # fmt: skip


class House:
    """An office with a supervisor and a colleague, and a case with one of everything."""

    def __init__(self, family: str) -> None:
        self.office = factories.office(type="NGO")
        self.boss = self.user("supervisor")
        self.mate = self.user("supervisor")
        names = Names(latin_family=family, latin_given="Given")
        self.person_id = register(PersonData(names=names, birth=GROWN), by=self.boss).id
        self.case: Case = cases.open_case(by=self.boss, person_id=self.person_id)
        self.things: Things = {"case_id": self.case.id, "office_id": self.office.id, "user_id": self.mate.user_id}

    def user(self, role: str) -> Actor:
        """A user of the office, all the way through the doors."""
        return factories.actor(role, at_office=self.office, factor=True)

    def keep(self, name: str, row: Any) -> Any:
        """Remember the id of a row under the name that addresses use."""
        self.things[name] = row.id
        return row


def furnish(house: House, partner: Organisation, receiver: Actor) -> Things:
    """Fill a house: one of everything, and live access for the partner by an accepted referral."""
    for fill in (_work, _person, _identification, _claims, _help, _plan, _return, _office):
        fill(house)
    _sharing(house, partner, receiver)
    _approvals(house)
    house.things["draft_id"] = uuid4()
    db.session.flush()
    return house.things


def _work(house: House) -> None:
    case, by = house.case, house.boss
    house.keep("task_id", cases.add_task(case, by=by, kind="todo", text="Call the school"))
    note = cases.add_note(case, by=by, text="A long talk")
    house.keep("note_id", note)
    spooled = documents.spool("paper.pdf", io.BytesIO(PDF), root_id=case.person_id)
    house.keep("document_id", documents.add_document(case, spooled, by=by, title="A paper", data_class="travel"))
    house.keep("exclusion_id", cases.exclude(case, user_id=house.user("clerk").user_id, reason="complaint", by=by))
    house.keep(
        "assignment_id", cases.bring_in(case, user_id=house.user("health_worker").user_id, by=by, reason="skills")
    )
    house.keep("notice_id", cases.notify(by.organisation_id, "task_late", case_id=case.id))
    house.keep("group_id", cases.make_group(by=by, kind="family", name="The family", facts="x", cases=[case]))
    house.keep("request_id", erasure.ask_erasure(case, reason="erase", by=by))
    house.keep("hold_id", erasure.place_hold(case, reason="court", by=by))


def _person(house: House) -> None:
    contact = ContactData(channel="voice_call", number="+85512345678", phone_owner="self")
    house.keep("contact_id", person.add_contact(house.case, contact, by=house.boss))
    house.keep("rest_id", cases.stop_asking(house.case, by=house.boss, said_by="person", span="tomorrow"))
    house.keep("own_paper_id", person.add_paper(house.case, DocumentData("passport"), by=house.boss))
    mother = ThirdPersonData("next_of_kin", Names(latin_given="Elder"))
    house.keep("relation_id", person.relate(house.case, mother, RelationData("mother"), by=house.boss))


def _identification(house: House) -> None:
    case, by = house.case, house.boss
    setting = identification.Setting(country="KHM", language="khm", present="nobody", interpreter=False)
    house.keep("screening_id", identification.start_screening(case, setting, by=by))
    data = identification.RequestData("moi_ahtjp", "KHM", "reflecting", explained=EXPLAINED)
    house.keep("formal_id", identification.record_request(case, data, by=by))
    house.keep("event_id", identification.record_event(case, identification.Facts(), by=by, role="exploited"))


def _claims(house: House) -> None:
    case, by = house.case, house.user("legal_worker")
    cases.bring_in(case, user_id=by.user_id, by=house.boss, reason="skills")
    house.keep("loss_id", claims.add_loss(case, claims.LossData("passport", party="A broker"), by=by))
    data = claims.ProceedingData("accused", "KHM", party="Somebody")
    row = claims.start_proceeding(case, "defence", data, claims.StageData("person_charged"), by=by)
    house.keep("proceeding_id", row)
    hearing = claims.HearingData("hearing", utcnow() + timedelta(days=20))
    house.keep("hearing_id", claims.plan_hearing(row, case, hearing, by=by))


def _help(house: House) -> None:
    case, by = house.case, house.boss
    line = assistance.record_help(case, by=by, service_type="cooked_meal", quantity=Decimal(1))
    house.keep("line_id", line)
    admin = house.user("org_admin")
    home = house.keep("house_id", assistance.add_house(by=admin, name="A house"))
    room = house.keep("room_id", assistance.add_room(home, by=admin, label="1", beds=2))
    lodging = assistance.Lodging("agreed", room_id=room.id, bed_number=1)
    house.keep("stay_id", assistance.arrive(case, lodging, by=by, arrived_on=today()))
    gift = assistance.Gift(service_type="clothing", quantity=Decimal(1))
    given = assistance.hand_out(gift, by=by, case_ids=[case.id], group_id=house.things["group_id"])
    house.keep("handout_id", given)
    nurse = house.user("health_worker")
    cases.bring_in(case, user_id=nurse.user_id, by=by, reason="skills")
    said = assistance.Session(service_type="medicine", held_on=today(), note="A visit")
    house.keep("consultation_id", assistance.record_session(case, "health", said, by=nurse))
    house.keep("fund_id", _fund(house.user("org_admin")))


def _plan(house: House) -> None:
    case, by = house.case, house.boss
    plan = house.keep("plan_id", reintegration.start_plan(case, by=by))
    house.keep("goal_id", reintegration.add_goal(plan, case, by=by, domain="Education", goal="School"))
    step = reintegration.add_action(
        db.session.get_one(PlanGoal, house.things["goal_id"]), plan, case, by=by, action="Ask"
    )
    house.keep("action_id", step)
    house.keep("assessment_id", reintegration.assess(case, by=by, needs={"housing": "some"}, wishes="A home"))
    house.keep("promise_id", reintegration.promise(case, by=by, what="A bicycle", owner_user_id=by.user_id))
    house.keep("stage_paper_id", reintegration.tick_paper(case, by=by, paper="assessment"))
    visit = reintegration.plan_visit(case, by=by, day=today() + timedelta(days=1), mode="home_visit")
    house.keep("visit_id", visit)
    other = reintegration.plan_visit(case, by=by, day=today() + timedelta(days=1), mode="home_visit")
    house.keep("watch_id", reintegration.go_in(other, case, by=by))
    house.keep("trip_id", reintegration.plan_trip(
        [(other, case)], by=by, day=today() + timedelta(days=2), first_user_id=by.user_id,
        second_user_id=house.mate.user_id,
    ))  # fmt: skip


def _return(house: House) -> None:
    case, by = house.case, house.boss
    journey = repatriation.Journey(direction="INBOUND", other_country="THA", arranged=False, start_at="IN08_handover")
    path = house.keep("path_id", repatriation.start_return(case, journey, by=by))
    step = next(row for row in steps_of(path) if row.code == "IN08_handover")
    commune = factories.office(type="NGO", has_users=False)
    data = repatriation.HandoverData(
        at=utcnow(),
        giver_org_id=commune.id,
        receiver_org_id=by.organisation_id,
        place="The bridge",
        giver_officer="A",
        receiver_officer="B",
    )
    house.keep("handover_id", repatriation.record_handover(step, path, case, data, by=by))
    house.keep("step_id", step)
    house.keep("decision_id", repatriation.decide(path, case, by=by, answer="yes", informed="in_person"))
    _ground(house, path)


def _ground(house: House, path: Any) -> None:
    """What the return rests on: a paper, a request about the family, a best-interest decision."""
    case, by = house.case, house.boss
    paper = repatriation.PaperData(state="asked", number="N")
    house.keep("paper_id", repatriation.add_paper(path, case, "passport", paper, by=by))
    sharing.record_given(case, by=by, purpose="family_tracing", classes=["family"], form="written",
                         recipient_org_id=by.organisation_id)  # fmt: skip
    asked = repatriation.TraceData(
        action="a_individual", told="A name", cover="A friend", asked_party="local_authority"
    )
    house.keep("tracing_id", repatriation.ask_family(path, case, asked, by=by))
    movement = house.keep("movement_id", repatriation.plan_movement(path, case, by=by, travel_on=today()))
    leg = repatriation.LegData(mode="road", from_place="Here", to_place="There")
    house.keep("part_id", repatriation.add_leg(movement, leg, by=by))
    agreed = sharing.record_given(case, by=by, purpose="feedback_sending_country", classes=["travel"], form="written",
                                  recipient_kind="host_country", recipient_name="An office")  # fmt: skip
    letter = {"occasion": "asked", "entry_id": agreed.id, "told": {"arrived": True}}
    house.keep("feedback_id", repatriation.send_feedback(path, case, by=by, **letter))
    row = BestInterest(
        id=uuid7(), case_id=case.id, path_id=path.id, author_org_id=by.organisation_id, author_user_id=by.user_id,
        data_class="travel", source="paper", result="yes", decided_on=today(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    house.keep("interest_id", row)
    cases.ask_approval(case, by=by, kind="best_interest", record_id=row.id, data_class="travel")


def _office(house: House) -> None:
    boss, mate = house.boss, house.mate
    deputy = deputies.name_deputy(deputy_membership_id=mate.membership_id, starts_on=today(), ends_on=today(), by=boss)
    house.keep("deputy_id", deputy)
    house.things["membership_id"] = mate.membership_id
    user = db.session.get_one(factories.User, boss.user_id)
    session, _ = sessions.open_session(user, factor="code", office_device=True, device=sessions.Device("x"))
    house.keep("session_id", session)
    wanted = ReferralFilter(first=today(), last=today())
    by = house.user("coordinator")
    house.things["exporter"] = by.username
    house.keep("export_id", ask_export(by, wanted, file_format="csv", recipient="A", reason="B"))
    house.keep("filter_id", keep_filter(by, wanted, name="Mine", span="fixed"))
    house.keep("frozen_id", freeze(by, report="referrals", first=today(), last=today(), filters=wanted.written(),
                                   figures=[], title="A", receiver="B", remark=""))  # fmt: skip


def _sharing(house: House, partner: Organisation, receiver: Actor) -> None:
    case, by = house.case, house.boss
    entry = house.keep("entry_id", sharing.record_given(
        case, by=by, purpose="referral", classes=CLASSES, form="written", recipient_org_id=partner.id
    ))  # fmt: skip
    assert entry is not None
    for name, service in (("accepted_id", "cooked_meal"), ("referral_id", "shelter_night")):
        wanted = Wanted(service_type=service, priority="emergency", purpose="referral", to_org_id=partner.id)
        digest = sharing.look(case, by=by, wanted=wanted).digest
        referral = house.keep(name, sharing.send(case, by=by, wanted=wanted, digest=digest))
        if name == "accepted_id":
            sharing.accept(referral, by=receiver)
    _letters(house, referral.letter_id)
    opening = sharing.open_vital(
        case, by=house.mate, org_id=partner.id, purpose="medical", classes=["identity"], reason="x"
    )
    house.keep("opening_id", opening)
    house.keep("stop_id", cases.notify(by.organisation_id, STOP, case_id=case.id, record_kind="consent_entry",
                                       record_id=entry.id, without_access=True,
                                       due_at=utcnow() + timedelta(days=7)))  # fmt: skip


def _letters(house: House, letter_id: Any) -> None:
    """The letter of the last referral with its signed scan, and one on paper about the case."""
    case, by = house.case, house.boss
    letter = house.keep("letter_id", db.session.get_one(Letter, letter_id))
    spooled = documents.spool("signed.pdf", io.BytesIO(PDF), root_id=referrals.scan_root(letter))
    referrals.attach_scan(letter, spooled, by=by, case_ids=[case.id])
    paper = referrals.Paper("in", today(), "answer", other_name="The police post", data_class="travel")
    entered = referrals.enter_letter(paper, by=by, cases=[case])
    line = db.session.scalars(select(LetterCase).where(LetterCase.letter_id == entered.id)).one()
    house.keep("letter_line_id", line)


def _approvals(house: House) -> None:
    plan_id = house.things["plan_id"]
    house.keep("approval_id", cases.ask_approval(house.case, by=house.mate, kind="plan", record_id=plan_id))


def _fund(by: Actor) -> Any:
    return assistance.add_fund(by=by, donor="us_prm", project="Sample", currency="USD", starts_on=today())
