"""A measure is three files of one name: meaning, working, proof."""

from pathlib import Path

TOP = Path(__file__).parents[2]
MEANINGS = TOP / "src" / "servanda" / "content" / "measures"
WORKINGS = TOP / "src" / "servanda" / "measures"
PROOFS = TOP / "tests" / "measures"
AREAS = ("trade", "technology", "defence", "region", "people", "ties")


def test_every_measure_has_its_three_files() -> None:
    """Whichever of the three is there, the other two must be."""
    found = {
        (area, path.stem.removeprefix("test_"))
        for area in AREAS
        for folder, pattern in ((MEANINGS, "*.yml"), (WORKINGS, "[!_]*.py"), (PROOFS, "test_*.py"))
        for path in (folder / area).glob(pattern)
    }
    for area, name in found:
        for path in (
            MEANINGS / area / f"{name}.yml",
            WORKINGS / area / f"{name}.py",
            PROOFS / area / f"test_{name}.py",
        ):
            assert path.exists(), f"the measure {area}/{name} lacks {path.relative_to(TOP)}"


def test_pages_have_a_builder_and_a_template_of_one_name() -> None:
    pages = TOP / "src" / "servanda" / "pages"
    from servanda.faces.web.app import TEMPLATES

    for name in TEMPLATES:
        assert (pages / "templates" / f"{name}.html").exists(), f"pages/templates/{name}.html is missing"
        assert (pages / f"{name}.py").exists() or name == "thread", f"pages/{name}.py is missing"
