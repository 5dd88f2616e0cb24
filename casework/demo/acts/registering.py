"""Verbs about who the person is: register, contact, paper, claim, relate, group."""

from __future__ import annotations

from datetime import date, timedelta

from casework.access.permissions import Actor
from casework.cases.service import make_group, open_case
from casework.cases.service.person import add_contact, add_paper, claim_nationality, relate
from casework.codes.dates import PartialDate, Precision, from_age, known
from casework.db import today
from casework.demo.script import Part, Step, given_names, table
from casework.demo.stage import Scene
from casework.people import service as people
from casework.people.names import Names

PHONES = "+85500000{:03}"
"""No network of Cambodia begins with 00 0: these numbers reach nobody."""
PAPERS = "DEMO-{:05}"
LANGUAGES = {"VNM": "vie", "THA": "tha"}


def register(scene: Scene, by: Actor, step: Step) -> None:
    """Register the person and open the case; `stations` as name:state, `assign` the one who carries it."""
    part = scene.part
    person = people.register(_data(part), by=by)
    case = open_case(
        by=by,
        person_id=person.id,
        manner_of_return=step.get("manner") or None,
        entry_point=step.get("entry") or None,
        stations=dict(one.split(":") for one in step.listed("stations", "identification:open")),
        assignee_id=scene.stage.user(step.get("assign")) if step.get("assign") else None,
    )
    scene.case_id = case.id


def _data(part: Part) -> people.PersonData:
    at_home = part.home.isdigit()
    return people.PersonData(
        names=_names(part),
        sex=part.sex,
        birth=_birth(part),
        birth_ground={"day": "document", "year": "self", "estimate": "worker_estimate"}[part.birth],
        language="khm" if at_home else LANGUAGES.get(part.home, "und"),
        interpreter_needed=not at_home,
        reads=("yes", "a_little", "no")[part.number % 3],
        hearing="a_lot" if part.number == 23 else "none",
        sight="none",
        marital_status=None if part.minor else ("Single", "Married", "Separated")[part.number % 3],
        education=("PrimaryEducation", "LowerSecondaryEducation", "NoFormalEducation")[part.number % 3],
        origin_country="KHM" if at_home else part.home,
        origin_province=part.home if at_home else None,
        address="An invented village, house without a number" if part.number % 4 == 0 else "",
    )


def _names(part: Part) -> Names:
    family = table("names")["family"].get(part.family, "")
    return Names(
        latin_family=part.family,
        latin_given=part.given,
        khmer_family=family,
        khmer_given=given_names().get(part.given, "") if family else "",
        use_name=part.given if part.number % 3 == 0 else "",
        aliases=(f"Bong {part.given}",) if part.number % 7 == 0 and not part.minor else (),
    )


def _birth(part: Part) -> PartialDate:
    if part.birth == "estimate":
        return from_age(part.age, today())
    born = today().year - part.age
    if part.birth == "year":
        return PartialDate(date(born, 1, 1), date(born, 12, 31), Precision.YEAR)
    # Before today's date in the year, so that the age is the one in the file.
    return known(date(born, 1, 1) + timedelta(days=part.number % 25))


def contact(scene: Scene, by: Actor, step: Step) -> None:
    """How the person may be reached: `hours` as from-to, `stop` a reason not to."""
    first, last = (int(hour) * 60 for hour in step.get("hours", "12-16").split("-"))
    stopped = step.get("stop") or None
    channel = step.get("channel", "voice_call")
    data = people.ContactData(
        channel=channel,
        number=PHONES.format(100 + scene.part.number) if channel == "voice_call" else "",
        phone_owner=step.get("owner", "self"),
        safe_days=0b0111110,
        safe_from=first,
        safe_to=last,
        may_text=scene.part.number % 2 == 0,
        do_not_contact_reason=stopped,
        name_to_use="Sister of the rice shop" if scene.part.number % 2 else "An old school friend",
        code_word="green mango" if scene.part.number % 5 == 0 else "",
        unsafe_persons=scene.words("unsafe") if step.get("unsafe") else "",
    )
    add_contact(scene.seen_by(by), data, by=by)


def paper(scene: Scene, by: Actor, step: Step) -> None:
    """A paper the person holds, or that was taken."""
    data = people.DocumentData(
        kind=step.get("kind", "national_id"),
        number=PAPERS.format(scene.part.number),
        issued_country=step.get("country", "KHM"),
        state=step.get("state", "held"),
    )
    add_paper(scene.seen_by(by), data, by=by)


def claim(scene: Scene, by: Actor, step: Step) -> None:
    """What is said or decided about a nationality."""
    data = people.ClaimData(
        country=step.get("country", "KHM"),
        state=step.get("state", "claimed"),
        authority=step.get("authority") or None,
        decided_on=today() if step.get("authority") else None,
    )
    claim_nationality(scene.seen_by(by), data, by=by)


def relation(scene: Scene, by: Actor, step: Step) -> None:
    """Somebody around the person: `kind` of relation, `purpose` for which we keep the name."""
    kind, given = step.get("kind", "mother"), step.get("name", "Malis")
    third = people.ThirdPersonData(
        purpose=step.get("purpose", "next_of_kin"),
        names=Names(latin_family=step.get("family", scene.part.family), latin_given=given),
        phone=PHONES.format(500 + scene.part.number) if step.get("phone") else "",
        sex=step.get("sex", "female"),
    )
    guards = step.get("purpose") == "guardian"
    data = people.RelationData(
        kind=kind,
        safe_to_contact=step.get("safe", "yes"),
        guardian_valid_from=today() if guards else None,
    )
    relate(scene.seen_by(by), third, data, by=by)


def group(scene: Scene, by: Actor, step: Step) -> None:
    """Put the people who came together into a group; said once, in the story of one of them."""
    if scene is not scene.stage.members(scene.part.group)[0]:
        return
    told = table("groups")[scene.part.group]
    cases = [member.seen_by(by) for member in scene.stage.members(scene.part.group)]
    make_group(by=by, kind=told["kind"], name=told["name"], facts=told["facts"], cases=cases)


VERBS = {
    "register": register,
    "contact": contact,
    "paper": paper,
    "claim": claim,
    "relation": relation,
    "group": group,
}
