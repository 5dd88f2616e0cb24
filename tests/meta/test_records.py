"""Records of cases: no view goes past the predicate, and what a person's record holds in plain letters is coded."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import JSON, CheckConstraint, Column, String, Table

from casework.codes.catalogue import described
from tests.meta.source import python, tree
from tests.oracle.plain import kinds

CODED = {
    "closure.reason": "list closure_reason",
    "consultation.service_type": "list service_type",
    "contact_attempt.mode": "list followup_type",
    "document.kind": "one of the kinds of papers",
    "document.media_type": "read from the file's first bytes",
    "document.sha256": "a sum, its length checked",
    "emergency_need.need": "key of data/first_hour.toml",
    "fact_report.reason": "key of FOUND_REASONS",
    "family_tracing.action": "list tracing_status",
    "family_tracing.outcome": "list tracing_status",
    "family_tracing.safe": "list tracing_status",
    "follow_up.cancelled_reason": "a word of the program",
    "follow_up.missed_reason": "list followup_type",
    "follow_up.mode": "list followup_type",
    "follow_up.template": "list follow_up_schedule",
    "formal_request.authority": "list identification_authority",
    "formal_request.country": "list country",
    "handover.border_point": "list border_point",
    "identification_decision.authority": "list identification_authority",
    "identification_decision.country": "list country",
    "identification_decision.form": "list identification_form",
    "identification_decision.form_tag": "list trafficking_form",
    "identification_decision.status": "list trafficking_status",
    "identification_decision.suggested": "list trafficking_status",
    "loss.currency": "three letters, checked",
    "loss.holder": "list loss_holder",
    "loss.kind": "list loss_kind",
    "proceeding.country": "list country",
    "proceeding.currency": "three letters, checked",
    "proceeding.stage": "list legal_stage",
    "proceeding_step.stage": "list legal_stage",
    "promise.why": "key of BROKEN_REASONS",
    "reintegration_stage.stage": "list reintegration_stage",
    "return_path.from_country": "list country",
    "return_path.stop_reason": "key of STOP_REASONS",
    "return_path.to_country": "list country",
    "return_step.calendar": "a country, from the step's rule",
    "return_step.code": "list repatriation_step",
    "return_step.outcome": "one of the step's outcomes",
    "risk_assessment.level": "list risk_level",
    "screening.country": "list country",
    "screening.language": "list language",
    "screening.province": "code of a province",
    "service_line.currency": "three letters, checked",
    "service_line.province": "code of a province",
    "service_line.service_type": "list service_type",
    "service_line.unit": "list assistance_unit",
    "stage_paper.paper": "key of PAPER_WORDS",
    "timeline_entry.kind": "a word of the program",
    "travel_paper.kind": "list travel_document",
}
"""Column -> why it may stand unsealed without a rule of the database: its service lets nothing through but codes."""
OF_EVERY_RECORD = ("data_class", "occurred_precision", "source")


def unguarded() -> Iterator[str]:
    """Columns in plain letters whose values neither a rule of the database nor a key to a list holds to a few."""
    for model in kinds().values():
        table: Table = model.__table__
        rules = [str(rule.sqltext) for rule in table.constraints if isinstance(rule, CheckConstraint)]
        for column in table.columns:
            if column.name not in OF_EVERY_RECORD and _plain(column) and not _held(column, rules):
                yield f"{table.name}.{column.name}"


def _plain(column: Column[object]) -> bool:
    return isinstance(column.type, (String, JSON))


def _held(column: Column[object], rules: list[str]) -> bool:
    one_of = re.compile(rf"^({column.name} IS NULL OR )?{column.name} IN \([^()]*\)$")
    return bool(column.foreign_keys) or any(one_of.match(rule) for rule in rules)


def test_no_new_column_of_a_record_stands_in_plain_letters() -> None:
    """What somebody typed is sealed in a table beside (docs/architecture.md); a code is checked or says where."""
    found = set(unguarded())
    new = sorted(found - CODED.keys())
    assert not new, f"{new}: seal what is typed, give a code its CHECK, or say in CODED what holds it to codes"
    assert not CODED.keys() - found, "gone from the models"


def test_the_lists_that_hold_columns_to_codes_are_there() -> None:
    named = {reason.removeprefix("list ") for reason in CODED.values() if reason.startswith("list ")}
    assert named <= set(described()), named - set(described())


def past_the_predicate(path: Path) -> Iterator[str]:
    """Where a module builds statements or reaches for the session."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import) and any(one.name.startswith("sqlalchemy") for one in node.names):
            yield f"{path}:{node.lineno} imports sqlalchemy"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            built = {one.name for one in node.names} & {"select", "exists", "text", "union", "union_all", "func"}
            yield from (f"{path}:{node.lineno} imports {name}" for name in sorted(built))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("db.session", "db.engine"):
            yield f"{path}:{node.lineno} uses {ast.unparse(node)}"


def test_no_view_builds_a_statement_of_its_own() -> None:
    """A page asks the queries of a package, which begin at the predicate; accounts belong to no case."""
    views = [path for path in python() if "views" in path.parts and path.parts[1] != "access"]
    assert len(views) > 50
    assert [found for path in views for found in past_the_predicate(path)] == []
