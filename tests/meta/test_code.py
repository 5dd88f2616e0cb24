"""House rules a script can see: small files and functions, imports at the top, nothing left for later."""

from __future__ import annotations

import ast
import os
import re

from tests.meta.source import python, templates, text, tracked, tree

TOP = {
    "casework", "templates", "migrations", "tests", "bench", "docs", ".ci",
    "config.py", "wsgi.py", "pyproject.toml", "README.md", "Makefile", "LICENSE", ".gitignore",
    "requirements.in", "requirements.lock", "requirements-dev.in", "requirements-dev.lock",
}  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_the_top_level_holds_what_was_agreed() -> None:
    assert {path.parts[0] for path in tracked()} - TOP == set()


def test_no_file_of_ours_is_too_long() -> None:
    limits = {path: 600 if path.parts[0] == "tests" else 300 for path in tracked() if path.suffix in (".py", ".html")}
    long = {
        str(path): lines
        for path, limit in limits.items()
        if path.parts[:2] != ("migrations", "versions") and (lines := text(path).count("\n")) > limit
    }
    assert long == {}


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in python()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS) and (node.end_lineno or 0) - node.lineno + 1 > 50
    ]
    assert long == []


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{path}:{inner.lineno}"
        for path in python()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_nothing_is_left_for_later_and_nothing_is_marked_safe() -> None:
    wrong = re.compile(r"\|\s*safe\b|\bTODO\b|\bFIXME\b|#\s*XXX|type: ignore(?!\[)")
    found = [
        f"{path}:{number}"
        for path in (*python(), *templates())
        for number, line in enumerate(text(path).splitlines(), 1)
        if wrong.search(line)
    ]
    assert found == []


def test_every_module_says_in_a_sentence_what_it_is() -> None:
    assert [str(path) for path in python() if not ast.get_docstring(tree(path))] == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    names = {"utils", "helpers", "common", "misc", "util", "helper"}
    assert [str(path) for path in python() if names & {*path.parts, path.stem}] == []


def test_only_the_orchestrator_commits() -> None:
    """Services flush; the one committer is the orchestrator (docs/architecture.md)."""
    found = [
        f"{path}:{node.lineno}"
        for path in python()
        if str(path) != "casework/writes/orchestrator.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert found == []


def test_the_clock_is_read_in_one_place() -> None:
    """Everything else asks casework.db.utcnow() or today(), which tests and demo history can set."""
    found = [
        f"{path}:{node.lineno}"
        for path in python()
        if str(path) != "casework/db.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("now", "today", "utcnow")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date")
    ]
    assert found == []


def test_no_page_boasts_or_borrows_an_identity() -> None:
    """Nothing is 'successfully' done, and the design's makers are not named on a page (docs/decisions/0001)."""
    found = [
        f"{path}:{number}"
        for path in templates()
        for number, line in enumerate(text(path).splitlines(), 1)
        if re.search(r"\bsuccessfully\b|\bGOV\.UK\b", line, re.IGNORECASE)
    ]
    assert found == []


MENTION = re.compile(r"(?<![\w/.-])([\w./-]+\.md)\b")
DECISION = re.compile(r"docs/decisions/(\d{4})\b(?!-)")


def test_every_document_that_is_cited_is_here() -> None:
    """Code, pages and documents point only to what comes with the project."""
    here = {str(path) for path in tracked()}
    decisions = {path.name[:4] for path in tracked() if path.parts[:2] == ("docs", "decisions")}
    lost = []
    for path in tracked():
        if path.suffix not in (".py", ".md", ".html", ".toml", ".in", ".po", ".scss", "") or "tests/meta" in str(path):
            continue
        words = text(path)
        for found in MENTION.findall(words):
            if not {found, os.path.normpath(path.parent / found)} & here:
                lost.append(f"{path}: {found}")
        lost += [f"{path}: decision {number}" for number in DECISION.findall(words) if number not in decisions]
    assert lost == []


def test_no_other_test_switches_the_forms_token_off() -> None:
    """Where pages are tested they are sent as a browser sends them; only the tests of forms themselves do without."""
    found = [str(path) for path in tracked() if path.suffix == ".py" and "WTF_CSRF_ENABLED" in text(path)]
    assert {path for path in found if not path.startswith(("tests/web/", "tests/meta/"))} == set()


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in tracked() if path.parts[:2] == ("docs", "decisions")]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
