"""A package imports what stands left of it or beneath it; siblings do not know each other."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "servanda"
BENEATH = ("errors", "settings", "model", "store")
LINE = (
    "texts",
    "sources",
    "register",
    "accounts",
    "measures",
    "review",
    "scenarios",
    "opportunities",
    "dialogue",
    "pages",
    "faces",
)
MAY = {
    "errors": (),
    "settings": ("errors",),
    "model": ("errors",),
    "store": ("errors", "settings", "model"),
    "texts": BENEATH,
    "sources": BENEATH,
    "register": ("texts", *BENEATH),
    "accounts": BENEATH,
    "measures": ("sources", *BENEATH),
    "review": ("texts", "sources", "register", "measures", *BENEATH),
    "scenarios": ("texts", "sources", "register", "measures", *BENEATH),
    "opportunities": ("texts", "sources", "register", "measures", *BENEATH),
    "dialogue": (*LINE[:8], *BENEATH),
    "pages": (*LINE[:9], *BENEATH),
    "faces": (*LINE[:10], *BENEATH),
}
FACES = ("cli", "web")
STARTS_ANOTHER = {"faces/cli/serve.py": "the verb that starts the web face"}
AREAS = ("trade", "technology", "defence", "region", "people")


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def imports(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """The modules of our own that a file imports, with line and the parts after `servanda`."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: line {node.lineno}: write the import in full, from servanda"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [(node.lineno, tuple(name.split(".")[1:])) for name in names if name.split(".")[0] == "servanda"]
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_imports_only_what_stands_left_of_it_or_beneath_it(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    package = parts[0]
    if package in ("__init__", "__main__"):
        return
    allowed = (package, "__version__", *MAY[package])
    for line, names in imports(path):
        target = names[0]
        assert target in allowed, (
            f"{package} imports {target}, which stands right of it or beside it ({path.name}, line {line}): "
            f"pass the value in, or move the shared noun to model/"
        )
        if str(path.relative_to(ROOT)) in STARTS_ANOTHER:
            continue
        for siblings, home in ((FACES, "faces"), (AREAS, "measures")):
            if package == home and target == home and parts[1] in siblings and len(names) > 1 and names[1] in siblings:
                assert names[1] == parts[1], (
                    f"{home}/{parts[1]} imports {home}/{names[1]} ({path.name}, line {line}): "
                    "move what they share to pages/ or ties/"
                )


def test_only_settings_reads_the_environment_and_the_clock() -> None:
    """The command line may ask for NO_COLOR and the debug switch; nothing else looks around."""
    for path in modules():
        if path.name == "settings.py" or "faces" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for word in ("os.environ", "getenv", "datetime.now", "date.today", "time.time("):
            assert word not in text, (
                f"{path.relative_to(ROOT)} uses {word}: take the value as an argument, settings.py reads it"
            )


def test_only_store_speaks_sql() -> None:
    for path in modules():
        if "store" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sqlalchemy"):
                names = {alias.name for alias in node.names}
                assert names <= {"Connection"}, (
                    f"{path.relative_to(ROOT)} uses SQL ({names}): write a function in store/"
                )


def test_only_verbs_open_a_unit_of_work_for_writing() -> None:
    verbs = {
        "register/keep.py",  # import and seed
        "register/receive.py",  # take in a text to be read
        "register/decide.py",  # a person's decisions on it
        "register/accept.py",  # both at once
        "dialogue/open.py",  # a series, a meeting
        "dialogue/agenda.py",  # draft, propose, edit, order, agree
        "dialogue/table.py",  # what was decided
        "dialogue/take.py",  # edited minutes, back from Word
        "dialogue/close.py",  # sign, hand out, close
        "dialogue/assess.py",  # the keys, and replies
        "dialogue/report.py",  # an owner's evidence
        "dialogue/post/notices.py",  # send what is due, and note that it went
        "accounts/keep.py",  # add, change and close accounts
        "accounts/own.py",  # what a person does to their own
        "accounts/signin.py",  # let somebody in
        "accounts/vouch.py",  # let somebody in whom a provider vouches for
        "accounts/session.py",  # end sessions, and note that they were used
        "accounts/notes.py",  # a party's private notes
        "store/connect.py",
    }
    for path in modules():
        if re.search(r"\.(write|aside)\(\) as ", path.read_text(encoding="utf-8")):
            assert str(path.relative_to(ROOT)) in verbs, (
                f"{path.relative_to(ROOT)} commits: only a verb does; list it here with its reason"
            )


def test_no_module_is_part_of_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules()}
    for path in modules():
        me = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        graph[me] = set()
        for _, parts in imports(path):
            for length in range(len(parts), 0, -1):
                if ".".join(parts[:length]) in names:
                    graph[me].add(".".join(parts[:length]))
                    break
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"a circle of imports: {' -> '.join([*path[path.index(name) :], name])}"
        if name not in done:
            for target in graph[name]:
                visit(target, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())
