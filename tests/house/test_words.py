"""One word for one thing: GLOSSARY.md lists them, and names in the code hold to it."""

import ast
import re
from pathlib import Path

TOP = Path(__file__).parents[2]
ROOT = TOP / "src" / "servanda"
GLOSSARY = (TOP / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \|\s*(.*?)\s*\|$", GLOSSARY, re.MULTILINE)


def names() -> dict[str, str]:
    """Every name that a file of ours gives to a class, function, argument or field, with its file."""
    found: dict[str, str] = {}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given = []
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                given.append(node.name)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                given += [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                given.append(node.target.id)
            found.update({name: str(path.relative_to(ROOT)) for name in given})
    return found


def test_no_name_uses_a_word_that_the_glossary_replaces() -> None:
    instead = {word.strip(): right for right, _, nots in ROWS for word in nots.split(",") if word.strip()}
    assert instead, "GLOSSARY.md lists no words to avoid"
    for name, file in names().items():
        for part in re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", name).lower()):
            assert part not in instead, f"{file}: '{name}' says '{part}'; the glossary's word is '{instead[part]}'"


def test_every_noun_of_the_model_stands_in_the_glossary() -> None:
    words = {right.lower() for right, _, _ in ROWS}
    for path in (ROOT / "model").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                spoken = re.sub(r"(?<=[a-z])([A-Z])", r" \1", node.name).lower()
                assert spoken in words, f"model/{path.name}: {node.name} is not in GLOSSARY.md"


def test_statuses_and_lists_are_those_of_the_content() -> None:
    from servanda.model.status import Status
    from servanda.model.words import Action, Area, Instrument, Publisher, Shown
    from servanda.register.words import words

    lists = words(ROOT / "content").lists
    pairs = (
        ("statuses", Status),
        ("areas", Area),
        ("instruments", Instrument),
        ("actions", Action),
        ("shown", Shown),
        ("publishers", Publisher),
    )
    for name, enum in pairs:
        assert list(lists[name]) == [str(word) for word in enum], f"content/words/{name}.yml and model differ"
