"""Nothing lies about unused: each function, class and constant of the program, and each template, has its use."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.meta.source import python, templates, text, tree

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SETTINGS = Path("casework/cli/serving.py")
"""The server reads these names itself."""
WAITING: dict[str, str] = {}


def names_in(node: ast.AST) -> Counter[str]:
    """How often each name is read in a piece of code; a name imported under another one counts where that is read."""
    read = (
        found.id if isinstance(found, ast.Name) else found.attr
        for found in ast.walk(node)
        if (isinstance(found, ast.Name) and isinstance(found.ctx, ast.Load)) or isinstance(found, ast.Attribute)
    )
    counted = Counter(read)
    for found in ast.walk(node):
        if isinstance(found, ast.alias) and found.asname and counted[found.asname]:
            counted[found.name.split(".")[-1]] += 1
    return counted


def defined(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Names a module defines at its top. A decorated function is used by its decorator."""
    for node in tree(path).body:
        if isinstance(node, DEFINITIONS):
            if isinstance(node, ast.ClassDef) or not node.decorator_list:
                yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and not target.id.startswith("__"):
                    yield target.id, node


def test_whatever_the_program_defines_it_uses() -> None:
    used: Counter[str] = Counter()
    for path in (*python(), Path("config.py"), Path("wsgi.py")):
        used.update(names_in(tree(path)))
    words = {word for path in templates() for word in text(path).replace("(", " ").replace(".", " ").split()}
    dead = {
        name: f"{path}:{node.lineno}"
        for path in python()
        if path != SETTINGS
        for name, node in defined(path)
        if used[name] <= names_in(node)[name] and name not in words
    }
    assert {name: place for name, place in dead.items() if name not in WAITING} == {}
    assert WAITING.keys() - dead.keys() == set(), "these are used by now: take them off the list"


def test_whatever_a_module_keeps_to_itself_it_uses() -> None:
    dead = [
        f"{path}:{node.lineno} {name}"
        for path in python()
        for name, node in defined(path)
        if name.startswith("_") or "TypeVar(" in ast.unparse(node)
        if names_in(tree(path))[name] <= names_in(node)[name]
    ]
    assert dead == []


def test_every_template_is_shown_by_somebody() -> None:
    program = "\n".join(text(path) for path in (*python(), *templates()))
    names = [str(path.relative_to("templates")) for path in templates()]
    assert [name for name in names if f'"{name}"' not in program and not by_part(name, program)] == []


def by_part(name: str, program: str) -> bool:
    """True when a program puts the address of a template together: a folder, and the bare name said elsewhere."""
    folder, _, last = name.rpartition("/")
    return f'"{folder}/{{' in program and f'"{last.removesuffix(".html")}"' in program
