"""The house rules that import-linter cannot see, kept by reading the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import twohats

HOUSE = Path(twohats.__file__).resolve().parent
MODULES = sorted(HOUSE.rglob("*.py"))
ROOMS_BELOW_QT = ("model", "flows", "networks", "archives", "boundary", "store", "vault", "updates")


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _room(path: Path) -> str:
    """The first part of the path: "flows" of flows/review.py, "app" of app.py."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8"), filename=str(path)) for path in MODULES}


def test_every_module_tells_its_purpose_in_its_first_line(trees: dict[Path, ast.Module]) -> None:
    silent = [_name(path) for path, tree in trees.items() if tree.body and not _begins_with_words(tree)]

    assert silent == []


def test_what_a_room_offers_says_what_it_means(trees: dict[Path, ast.Module]) -> None:
    """Obvious without words: what inherits its meaning from a base, functions of one statement or two, and the steps of
    a migration, which its module tells."""
    silent = [
        f"{_name(path)}: {node.name}"
        for path, tree in trees.items()
        if _room(path) in ROOMS_BELOW_QT and path.parent.name != "versions"
        for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_")
        if not ast.get_docstring(node) and not _is_obvious(node)
    ]

    assert silent == []


def test_qt_is_used_upstairs_only(trees: dict[Path, ast.Module]) -> None:
    upstairs = ("gui", "bridge", "diagnostics", "app")
    users = {_name(path) for path, tree in trees.items() if any(_imported(tree, "PySide6"))}

    assert {name for name in users if name.split("/")[0].removesuffix(".py") not in upstairs} == set()


def test_the_bridge_knows_no_widgets(trees: dict[Path, ast.Module]) -> None:
    used = {module for path, tree in trees.items() if _room(path) == "bridge" for module in _imported(tree, "PySide6")}

    assert used == {"PySide6.QtCore"}


def test_only_the_review_makes_approvals(trees: dict[Path, ast.Module]) -> None:
    makers = {_name(path) for path, tree in trees.items() for call in _calls(tree) if _called(call) == "Approval"}

    assert makers == {"flows/review.py"}


def test_nothing_of_qt_is_made_while_importing(trees: dict[Path, ast.Module]) -> None:
    """Plain numbers excepted: they need no application."""
    numbers = ("QColor", "QMargins", "QPoint", "QPointF", "QRect", "QRectF", "QSize", "QSizeF")
    made = [
        f"{_name(path)}:{call.lineno} {_called(call)}"
        for path, tree in trees.items()
        for call in _calls_at_import(tree)
        if re.match(r"Q[A-Z]", _called(call)) and _called(call) not in numbers
    ]

    assert made == []


def _begins_with_words(tree: ast.Module) -> bool:
    first_line = (ast.get_docstring(tree) or "").split("\n")[0]
    return tree.body[0].lineno == 1 and first_line != ""


def _is_obvious(node: ast.ClassDef | ast.FunctionDef) -> bool:
    if isinstance(node, ast.ClassDef):
        return any(_dotted(base).split(".")[-1] != "Protocol" for base in node.bases)
    return len(node.body) <= 2


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    """Modules of a package that are imported anywhere in a file, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == package)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == package:
            if node.module == package:
                yield from (f"{package}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Calls outside the bodies of functions: of the module, and of classes as they are made."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _calls_at_import(child)


def _called(call: ast.Call) -> str:
    return _dotted(call.func).split(".")[-1]


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_dotted(value)}.{name}"
        case ast.Subscript(value=value):
            return _dotted(value)
        case _:
            return ""
