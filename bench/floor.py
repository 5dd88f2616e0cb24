"""The floor: a bare Flask, Jinja and SQLAlchemy page of fifty rows of the same database, to measure against."""

from __future__ import annotations

from flask import Flask, render_template_string
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from casework.cases.models import Case

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cases</title></head><body><h1>Cases</h1>
<table><thead><tr><th>Code</th><th>Stage</th><th>Status</th><th>Opened</th><th>Came</th><th>Identified</th></tr></thead>
<tbody>{% for case in cases %}
<tr><td><a href="/cases/{{ case.id }}">{{ case.code }}</a></td><td>{{ case.stage }}</td><td>{{ case.status }}</td>
<td>{{ case.opened_on }}</td><td>{{ case.manner_of_return }}</td><td>{{ case.identified_as }}</td></tr>
{% endfor %}</tbody></table></body></html>"""


def bare(url: str) -> Flask:
    """The bare program: one route, one statement, one template; no users, no rights, no records of views."""
    app = Flask("floor")
    engine = create_engine(url)

    @app.get("/")
    def cases() -> str:
        with Session(engine) as session:
            found = session.scalars(select(Case).order_by(Case.id.desc()).limit(50)).all()
            return render_template_string(PAGE, cases=found)

    return app
