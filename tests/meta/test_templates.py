"""Templates: they compile, their links lead somewhere, and they neither script nor style inline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2 import nodes

from tests.meta.source import templates, text

STRICT_POLICY = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=\"|javascript:", re.IGNORECASE)


def html() -> list[Path]:
    return [path for path in templates() if path.suffix == ".html"]


def calls(app: Flask, path: Path, name: str) -> Iterator[nodes.Call]:
    """The calls of a function by its plain name in a template."""
    for call in app.jinja_env.parse(text(path), filename=str(path)).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == name:
            yield call


def test_every_template_compiles(live_app: Flask) -> None:
    for path in html():
        live_app.jinja_env.get_template(str(path.relative_to("templates")))


def test_every_url_for_names_an_endpoint(live_app: Flask) -> None:
    unknown = [
        f"{path}:{call.lineno} {call.args[0].value}"
        for path in html()
        for call in calls(live_app, path, "url_for")
        if isinstance(call.args[0], nodes.Const) and call.args[0].value not in live_app.view_functions
    ]
    assert unknown == []


def test_every_import_of_a_macro_is_used(live_app: Flask) -> None:
    unused = []
    for path in html():
        parsed = live_app.jinja_env.parse(text(path))
        used = {name.name for name in parsed.find_all(nodes.Name) if name.ctx == "load"}
        for imported in parsed.find_all(nodes.FromImport):
            for name in imported.names:
                alias = name[1] if isinstance(name, tuple) else name
                if alias not in used:
                    unused.append(f"{path}:{imported.lineno} {alias}")
    assert unused == []


def test_the_strict_content_policy_is_kept() -> None:
    found = [
        f"{path}:{number}"
        for path in html()
        for number, line in enumerate(text(path).splitlines(), 1)
        if STRICT_POLICY.search(line)
    ]
    assert found == []


def test_titles_stay_neutral() -> None:
    """A page title stands in the history of a shared computer (docs/decisions/0010)."""
    words = re.compile(r"traffick|victim|survivor|exploit", re.IGNORECASE)
    block = re.compile(r"{%-?\s*block title\s*-?%}(.*?){%-?\s*endblock", re.DOTALL)
    found = [str(path) for path in html() for title in block.findall(text(path)) if words.search(title)]
    assert found == []
