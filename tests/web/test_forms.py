"""Forms: what is typed is kept, what is wrong is said beside its field, what is foreign is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from justhtml import JustHTML
from werkzeug.datastructures import MultiDict

from casework.db import at
from casework.errors import Conflict, NotAllowed, n_
from casework.web.forms import PartialDay
from tests.web.sample import SampleForm, filled

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
GOOD = {"first_name": "Sok", "need": "food"}


def sent(web: Flask, language: str = "en", **typed: Any) -> SampleForm:
    """The sample form as it is after sending `typed` (names with _ for -)."""
    data = MultiDict({**GOOD, **{name.replace("__", "-"): value for name, value in typed.items()}})
    headers = {"Cookie": f"language={language}"}
    with web.test_request_context("/form", method="POST", data=data, headers=headers), at(NOW):
        web.config["WTF_CSRF_ENABLED"] = False
        form = filled()
        form.validate()
        return form


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ({"first_name": "  Sok "}, "first_name", "Sok"),
        ({"story": "one\r\ntwo"}, "story", "one\ntwo"),
        ({"people": "១២"}, "people", 12),
        ({"people": "๓"}, "people", 3),
        ({"cost": "1,250.50", "currency": "USD"}, "cost", 125050),
        ({"cost": "១២០០០", "currency": "VND"}, "cost", 12000),
        ({"price": "0.05"}, "price", 5),
        ({"reads": "yes"}, "reads", True),
        ({"reads": "no"}, "reads", False),
        ({"reads": "unknown"}, "reads", None),
        ({"languages": ["km", "th"]}, "languages", ["km", "th"]),
        ({"heard": "yes"}, "heard", True),
        ({"returned__day": "៣", "returned__month": "11", "returned__year": "2026"}, "returned", date(2026, 11, 3)),
        (
            {"returned__day": "3", "returned__month": "11", "returned__year": "2568", "returned__buddhist": "yes"},
            "returned",
            date(2025, 11, 3),
        ),
        ({"born__year": "2009"}, "born", PartialDay(date(2009, 1, 1), date(2009, 12, 31), "year")),
        (
            {"born__month": "2", "born__year": "2008", "born__about": "yes"},
            "born",
            PartialDay(date(2008, 2, 1), date(2008, 2, 29), "month", True),
        ),
        (
            {"call_at__day": "24", "call_at__month": "11", "call_at__year": "2026", "call_at__time": "១៤:០៥"},
            "call_at",
            datetime(2026, 11, 24, 7, 5, tzinfo=UTC),
        ),
    ],
)
def test_a_value_is_read_as_people_type_it(web: Flask, typed: dict[str, Any], field: str, value: object) -> None:
    form = sent(web, **typed)
    assert form.errors == {}
    assert form[field].data == value


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"first_name": " "}, "first_name", "Enter the first name."),
        ({"first_name": "a\x00b"}, "first_name", "cannot be printed"),
        ({"first_name": "x" * 201}, "first_name", "at most 200"),
        ({"first_name": ["Sok", "Other"]}, "first_name", "sent twice"),
        ({"story": "x" * 20_001}, "story", "at most 20000"),
        ({"need": "another"}, "need", "from the list"),
        ({"languages": ["km", "xx"]}, "languages", "from the list"),
        ({"reads": "perhaps"}, "reads", "from the list"),
        ({"people": "31"}, "people", "from 1 to 30"),
        ({"people": "2.5"}, "people", "whole number"),
        ({"people": "many"}, "people", "in digits"),
        ({"people": "9" * 400}, "people", "in digits"),
        ({"people": "1e5"}, "people", "in digits"),
        ({"people": "nan"}, "people", "in digits"),
        ({"weight": "1.25"}, "weight", "1 places"),
        ({"price": "-5"}, "price", "such as 12.50"),
        ({"price": "0.005"}, "price", "such as 12.50"),
        ({"cost": "1.5", "currency": "VND"}, "cost", "such as 12.50"),
        ({"returned__day": "30", "returned__month": "2", "returned__year": "2026"}, "returned", "28 days"),
        ({"returned__day": "3", "returned__month": "13", "returned__year": "2026"}, "returned", "1 to 12"),
        ({"returned__day": "3", "returned__month": "11"}, "returned", "four digits"),
        ({"returned__day": "24", "returned__month": "11", "returned__year": "2026"}, "returned", "not in the future"),
        ({"returned__day": "3", "returned__month": "11", "returned__year": "2569"}, "returned", "Buddhist year"),
        ({"returned__day": "x" * 13, "returned__month": "1", "returned__year": "2026"}, "returned", "as a number"),
        ({"born__day": "3", "born__year": "2009"}, "born", "month as well"),
        ({"born__month": "3"}, "born", "Enter the year"),
        (
            {"call_at__day": "24", "call_at__month": "11", "call_at__year": "2026", "call_at__time": "25:00"},
            "call_at",
            "hours and minutes",
        ),
        (
            {"call_at__day": "22", "call_at__month": "11", "call_at__year": "2026", "call_at__time": "10:00"},
            "call_at",
            "today or a later",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(web: Flask, typed: dict[str, Any], field: str, words: str) -> None:
    form = sent(web, **typed)
    assert set(form.errors) == {field}
    assert len(form[field].errors) == 1
    assert words in form[field].errors[0]


def test_a_thai_page_takes_buddhist_years_without_asking(web: Flask) -> None:
    languages = {"th": "ไทย"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("casework.web.languages.LANGUAGES", languages)
        form = sent(web, "th", returned__day="3", returned__month="11", returned__year="๒๕๖๘")
    assert form.returned.data == date(2025, 11, 3)


def test_a_field_the_form_does_not_have_is_refused_with_a_sentence(web: Flask) -> None:
    form = sent(web, organisation_id="foreign")
    assert "organisation_id" in form.form_errors[0]
    assert sent(web, save="draft", draft="x", version="3").errors == {}


def test_an_error_of_a_service_lands_beside_its_field(web: Flask) -> None:
    with web.test_request_context("/form"):
        form = filled()
        form.blame(Conflict(n_("%(name)s is in use."), field="first_name", name="Sok"))
        form.blame(NotAllowed(n_("Only the owner's office may do this.")))
        assert form.first_name.errors == ["Sok is in use."]
        assert form.form_errors == ["Only the owner's office may do this."]
        page = JustHTML(str(form.summary()), fragment=True)
        assert [link.attrs["href"] for link in page.query("a")] == ["#first_name"]


def test_the_page_keeps_everything_typed_and_links_each_error(web: Flask) -> None:
    web.config["WTF_CSRF_ENABLED"] = False
    typed = {
        "first_name": "<b>Sok</b>",
        "story": "\nfirst line empty",
        "people": "many",
        "returned-day": "31",
        "returned-month": "2",
        "returned-year": "2026",
        "need": "bed",
        "languages": "th",
        "password": "never shown again",
        "code": "123456",
    }
    answer = web.test_client().post("/form", data=typed)
    page = JustHTML(answer.text, strict=True, sanitize=False)
    assert {a.attrs["href"] for a in page.query(".govuk-error-summary a")} == {"#people", "#returned-day"}
    for link in page.query(".govuk-error-summary a"):
        assert page.query(link.attrs["href"]), "an error leads nowhere"
    values = {box.attrs["name"]: box.attrs.get("value") for box in page.query("main input[type=text]")}
    assert values["first_name"] == "<b>Sok</b>"
    assert (values["people"], values["returned-day"]) == ("many", "31")
    assert page.query("textarea")[0].to_text(strip=False).lstrip("\n") == "first line empty" or "\n\n" in answer.text
    checked = {box.attrs["value"] for box in page.query("main input[checked]")}
    assert {"bed", "th"} <= checked
    assert "never shown again" not in answer.text
    assert "123456" not in answer.text
    assert page.query("title")[0].to_text().startswith("Error: ")


def test_every_input_has_a_label_and_its_notes(web: Flask) -> None:
    page = JustHTML(web.test_client().get("/form").text, strict=True, sanitize=False)
    labels = {label.attrs["for"] for label in page.query("label")}
    for box in page.query("main input, main textarea, main select"):
        if box.attrs.get("type") != "hidden":
            assert box.attrs["id"] in labels
        for note in (box.attrs.get("aria-describedby") or "").split():
            assert page.query(f"#{note}"), note
    ids = [element.attrs["id"] for element in page.query("[id]")]
    assert len(ids) == len(set(ids))


def test_a_draft_resumes_what_was_typed_but_no_secrets(web: Flask) -> None:
    form = sent(web, people="many", password="secret word", code="123456", born__year="2009", languages=["km", "th"])
    typed = form.typed()
    assert "password" not in typed
    assert "code" not in typed
    with web.test_request_context("/form"):
        again = SampleForm(formdata=typed)
        assert again.people.value == "many"
        assert again.born.data.date_from == date(2009, 1, 1)
        assert again.languages.data == ["km", "th"]


def test_a_version_that_is_no_number_counts_as_none(web: Flask) -> None:
    assert sent(web, version="7").seen_version == 7
    assert sent(web, version="7; drop").seen_version is None


def test_differences_are_told_in_words(web: Flask) -> None:
    form = sent(web, need="bed", reads="yes")
    rows = form.differences({"first_name": "Sok", "need": "food", "reads": False, "version": 4})
    assert [(row.label, row.mine, row.now) for row in rows] == [
        ("What is needed", "A safe bed", "Food"),
        ("Reads and writes", "Yes", "No"),
    ]
