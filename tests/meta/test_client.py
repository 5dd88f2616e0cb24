"""The checking browser goes red on each fault it is there for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from casework.db import configure_engine, db
from tests.client import Client
from tests.writelog import WriteLog

GOOD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Cases - Casework</title></head>
<body><main><h1>Cases</h1>
<form method="post" action="/save"><input type="hidden" name="csrf_token" value="t">
<input name="word" value="old"><textarea name="story">long</textarea>
<select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
<input type="checkbox" name="yes" checked><input type="checkbox" name="no"><button name="go" value="1">Save</button>
</form></main></body></html>"""

Serve = Callable[..., Client]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """A program of one page: `serve(html, act)` runs `act` and answers with `html`."""
    app = Flask("pages")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'pages.sqlite'}"
    db.init_app(app)
    with app.app_context():
        configure_engine(db.engine)
        engine, connection = db.engine, db.engine.connect()
        connection.begin()
        connection.exec_driver_sql("CREATE TABLE story (word TEXT)")
        connection.exec_driver_sql("CREATE TABLE audit_event (word TEXT)")
        db.engines[None] = connection  # type: ignore[index]
        app.extensions["casework_writelog"] = WriteLog(connection)

        def make(html: str = GOOD, act: Callable[[], object] = lambda: None, store: str = "no-store") -> Client:
            @app.route("/", methods=["GET", "POST"])
            def page() -> tuple[str, dict[str, str]]:
                act()
                return html, {"Cache-Control": store}

            return Client(app)

        yield make
        db.session.remove()
        connection.close()
        engine.dispose()


def write(table: str, *, commit: bool = True) -> Callable[[], None]:
    def act() -> None:
        db.session.execute(text(f"INSERT INTO {table} VALUES ('x')"))  # noqa: S608
        if commit:
            db.session.commit()

    return act


def test_a_good_page_passes_and_its_form_is_read_as_a_browser_sends_it(serve: Serve) -> None:
    page = serve().get("/")
    assert page.fields() == {"csrf_token": "t", "word": "old", "story": "long", "kind": "b", "yes": "on"}
    assert page.words("h1") == "Cases"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("<h1>Cases</h1>", "<h1>Cases</h1><h1>More</h1>", "2 h1"),
        ("<h1>Cases</h1>", "<p>Cases</p>", "0 h1"),
        ("Cases - Casework", "List - Casework", "title"),
        ('method="post" ', "", "without method"),
        ('name="csrf_token"', 'name="other"', "without token"),
        ("<main>", "<main>GOV.UK", "GOV.UK"),
        ("<main>", "<main>" + "x" * 200_000, "bytes"),
    ],
)
def test_a_faulty_page_is_refused(serve: Serve, old: str, new: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        serve(GOOD.replace(old, new)).get("/")


def test_a_wrong_end_tag_is_refused(serve: Serve) -> None:
    with pytest.raises(SyntaxError):
        serve(GOOD.replace("</h1>", "</h2>")).get("/")


def test_a_page_that_may_be_stored_is_refused(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="stored"):
        serve(store="public").get("/")


def test_a_get_that_writes_is_refused(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="wrote to"):
        serve(act=write("story")).get("/")


def test_a_get_may_write_that_something_was_read(serve: Serve) -> None:
    serve(act=write("audit_event")).get("/")


def test_a_post_that_leaves_no_line_of_what_it_changed_is_refused(serve: Serve) -> None:
    with pytest.raises(AssertionError, match=r"POST / wrote to \['story'\] and left no audit_event"):
        serve(act=write("story")).post("/")


def test_a_post_may_change_what_it_tells(serve: Serve) -> None:
    def act() -> None:
        write("audit_event", commit=False)()
        write("story")()

    serve(act=act).post("/")


def test_changes_left_uncommitted_are_refused(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="uncommitted"):
        serve(act=write("story", commit=False)).post("/")


def test_what_a_test_prepared_is_seen_by_the_request_and_stays(serve: Serve) -> None:
    write("story", commit=False)()
    seen: list[int | None] = []
    serve(act=lambda: seen.append(db.session.scalar(text("SELECT count(*) FROM story")))).post("/")
    db.session.rollback()
    assert seen == [1]
    assert db.session.scalar(text("SELECT count(*) FROM story")) == 1
