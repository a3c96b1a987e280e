"""The one way content is read from and written as YAML: dates stay text, keys keep their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from servanda.errors import ContentError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _without(tag: str, resolvers: dict[Any, Any], but_for: str = "") -> dict[Any, Any]:
    """The rules that give plain words a type, without those of a tag, but for words with the given first letters."""
    return {
        first: [pair for pair in pairs if pair[0] != f"tag:yaml.org,2002:{tag}" or first in tuple(but_for)]
        for first, pairs in resolvers.items()
    }


class _Reader(_Loader):  # type: ignore[misc]
    """Reads dates as text: 2014-02 and 2014-02-03 are the same kind of thing. A key written twice is an error."""

    # Of the words that YAML 1.1 takes for true and false only those two are: 'on', 'no' and 'yes' are words here.
    yaml_implicit_resolvers = _without("bool", _without("timestamp", _Loader.yaml_implicit_resolvers), but_for="tTfF")


class _Writer(_Dumper):  # type: ignore[misc]
    """Writes dates without quotes."""

    yaml_implicit_resolvers = _without("timestamp", _Dumper.yaml_implicit_resolvers)


class Lines(str):
    """A long text, written line by line where that brings back the same characters, so that a diff shows the line."""

    __slots__ = ()


def _lines(dumper: Any, text: Lines) -> Any:
    # A block begins where its first line does and knows one end of line: every other text is put in quotes.
    plain = text.replace("\n", "").isprintable() and not text[:1].isspace()
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if plain else None)


_Writer.add_representer(Lines, _lines)


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    keys = [key.value for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' is written twice", node.start_mark)
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return found


_Reader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path, name: str) -> Any:
    """The content of a YAML file; raises ContentError with file, line and column."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Reader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        raise ContentError(
            [f"{name}: {where}: not YAML ({fault.problem}); mend the line or what stands before it"]
        ) from fault
    except yaml.YAMLError as fault:
        raise ContentError([f"{name}: not YAML ({fault})"]) from fault
    except UnicodeDecodeError as fault:
        raise ContentError([f"{name}: byte {fault.start} is not UTF-8; save the file as UTF-8"]) from fault
    except OSError as fault:
        raise ContentError([f"{name}: cannot be read ({fault.strerror})"]) from fault


def text(data: Any) -> str:
    """Data as YAML."""
    return str(yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=110))


def write(path: Path, data: Any) -> None:
    """Write data as YAML, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_text(text(data), encoding="utf-8")
    beside.replace(path)
