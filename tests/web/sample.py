"""A page with every part and a form with every field: what the tests of `web` open, and what was looked at."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from casework.db import today, utcnow
from casework.errors import Conflict, NotAllowed, NotVisible, StaleRecord, Unavailable, n_
from casework.web import hooks
from casework.web.forms import (
    BaseForm,
    Choice,
    Choices,
    Code,
    Day,
    LongText,
    Moment,
    Money,
    Number,
    PartialDate,
    Password,
    Text,
    Tick,
    Upload,
    YesNo,
)
from casework.web.marks import public

blueprint = Blueprint("sample", __name__)

ACTOR = SimpleNamespace(organisation_code="NGO-1", display_name="Chan Dara (invented)")
CASE = {
    "code": "CW-7KQ2M-X4",
    "name": "ស្រី ចាន់ធូ · Srey Chanthu",
    "age": "about 17, as told",
    "tags": [("presumed", "brand"), ("minor", "amber"), ("late 3 days", "red")],
    "safe": "Call only 12-16 h, say you are from the school",
    "stage": "Return",
    "waiting": "consulate",
    "waiting_since": today() - timedelta(days=9),
    "next": ("Confirm travel plan", "#next"),
    "url": "#case",
}


class SampleForm(BaseForm):
    """One field of each kind."""

    first_name = Text(n_("First name"), needed=n_("Enter the first name."), hint=n_("As the person writes it."))
    phone = Text(n_("Phone"), inputmode="tel", width=20)
    story = LongText(n_("What was said"), hint=n_("In the person's own words."))
    need = Choice(n_("What is needed"), needed=n_("Choose what is needed."))
    province = Choice(n_("Province"), look="select", choices=[(str(i), f"Province {i}") for i in range(1, 26)])
    languages = Choices(n_("Languages"), choices=[("km", n_("Khmer")), ("th", n_("Thai")), ("vi", n_("Vietnamese"))])
    reads = YesNo(n_("Reads and writes"), unknown=True)
    people = Number(n_("How many people"), lowest=1, highest=30)
    weight = Number(n_("Rice in kg"), decimals=1)
    currency = Choice(n_("Currency"), choices=["USD", "KHR", "VND"], inline=True)
    cost = Money(n_("Cost"), currency_from="currency")
    price = Money(n_("Price"))
    returned = Day(n_("Date of return"), past=True)
    born = PartialDate(n_("Born"), hint=n_("Leave empty what is not known."), past=True)
    call_at = Moment(n_("Next call"), future=True)
    photo = Upload(n_("Photo of the paper"), accept="image/*")
    password = Password(n_("Password"))
    code = Code(n_("Code from the app"))
    heard = Tick(n_("The person heard what will happen"))


NEEDS = [("food", n_("Food")), ("bed", n_("A safe bed")), ("doctor", n_("A doctor")), ("lawyer", n_("A lawyer"))]


def filled() -> SampleForm:
    """The form with its choices."""
    form = SampleForm()
    form.need.choices = NEEDS
    return form


@blueprint.app_context_processor
def person() -> dict[str, object]:
    return {
        "actor": ACTOR,
        "navigation": [("My day", "#day", False), ("Cases", "#cases", True), ("Referrals", "#r", False)],
        "account_links": [("My sessions", "#sessions")],
        "search_url": "/search",
        "sign_out_url": "/sign-out",
    }


@blueprint.get("/parts")
@public
def parts() -> str:
    now = utcnow()
    return render_template("parts.html", case=CASE, now=now, soon=now + timedelta(days=3), gone=now - timedelta(days=2))


@blueprint.route("/form", methods=["GET", "POST"])
@public
def form() -> ResponseReturnValue:
    sent = filled()
    if sent.validate_on_submit():
        return redirect("/parts", 303)
    return render_template("sample_form.html", form=sent, case=CASE, verb="Record food parcel"), 200


@blueprint.route("/blame", methods=["GET", "POST"])
@public
def blame() -> ResponseReturnValue:
    sent = filled()
    sent.blame(Conflict(n_("%(name)s is in use. Choose another."), field="first_name", name="<b>x</b>"))
    return render_template("sample_form.html", form=sent, case=CASE, verb="Record food parcel")


@blueprint.post("/stale")
@public
def stale() -> ResponseReturnValue:
    sent = filled()
    sent.version.data = "4"
    differences = sent.differences({"first_name": "Sok", "need": "bed", "version": 4})
    return render_template("errors/stale.html", form=sent, differences=differences, theirs=request.path), 409


@blueprint.get("/raise/<what>")
@public
def fail(what: str) -> Response:
    errors = {
        "hidden": NotVisible(),
        "refused": NotAllowed(n_("Only the owner's office may do this.")),
        "stale": StaleRecord({}),
        "busy": Unavailable(n_("The database is busy. Try again in a minute.")),
        "bug": RuntimeError("planted secret value"),
    }
    raise errors[what]


@blueprint.get("/secret")
@public
def secret() -> str:
    hooks.keep_uncompressed()
    return render_template("parts.html", case=CASE, now=utcnow(), soon=utcnow(), gone=utcnow())


@blueprint.get("/unmarked")
def unmarked() -> str:
    return "nobody may see this"
