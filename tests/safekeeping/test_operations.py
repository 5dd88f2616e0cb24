"""The manual names only commands and options that exist."""

from __future__ import annotations

import re

import click
import pytest

from casework.cli import collect
from tests.meta.source import ROOT

MANUAL = (ROOT / "docs/operations.md").read_text(encoding="utf-8").replace("`cw keys rewrap\n  ", "`cw keys rewrap ")
TYPED = re.compile(r"(?:^    |`|bin/|= *)(?:cw|casework) ([a-z][^`\n#]*)", re.MULTILINE)


def typed() -> list[str]:
    return sorted({found.strip() for found in TYPED.findall(MANUAL)})


def test_the_manual_is_read() -> None:
    assert len(typed()) > 15


@pytest.mark.parametrize("words", typed())
def test_a_command_of_the_manual_exists(words: str) -> None:
    command: click.Command = collect()
    rest = words.split()
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, words
        command = command.commands[rest.pop(0)]
    options = {name for param in command.params for name in param.opts}
    assert {word for word in rest if word.startswith("--")} <= options, words
    asked = re.findall(r"--[a-z-]+", words)
    needed = {param.opts[0] for param in command.params if isinstance(param, click.Option) and param.required}
    assert not rest or "..." in rest or needed <= set(asked), words
