"""The closed lists of content/words: parties, confidence, verdicts, caveats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from servanda.errors import RequestError, nearest
from servanda.model.party import Party
from servanda.store.door import Door


@dataclass(frozen=True, slots=True)
class Words:
    """What the lists hold: parties by code; for each other list its words with their meaning."""

    parties: dict[str, Party]
    lists: dict[str, dict[str, str]]

    def named(self, code: str) -> Party:
        """The party of a code; KeyError where no list and no standard knows it."""
        known = self.parties.get(code) or _elsewhere(code)
        if known is None or known.code != code:
            raise KeyError(code)
        return known

    def knows(self, code: str) -> bool:
        """Whether the code is that of a party of the list or of ISO 3166."""
        try:
            return bool(self.named(code))
        except KeyError:
            return False

    def party(self, said: str) -> Party:
        """The party that a code, name or alias names; raises RequestError with the nearest names."""
        wanted = said.strip().casefold()
        for party in self.parties.values():
            if wanted in {name.casefold() for name in (party.code, party.name, party.short, *party.aliases)}:
                return party
        known = _elsewhere(said)
        if known is not None:
            return known
        names = [
            name for party in self.parties.values() for name in (party.code, party.short, party.name, *party.aliases)
        ]
        near = nearest(said, names)
        hint = (
            f"nearest are {', '.join(near)}" if near else "write a country's name or its three-letter code, such as IND"
        )
        raise RequestError(f"unknown country '{said}'; {hint}")


def _elsewhere(said: str) -> Party | None:
    """A country that no record speaks of yet, by its ISO 3166 name or code: exact, for guesses go wrong (see the trap
    of North Korea in docs/explanation)."""
    import pycountry

    wanted = said.strip().casefold()
    for one in pycountry.countries:
        names = {one.alpha_3, one.name, getattr(one, "common_name", one.name), getattr(one, "official_name", one.name)}
        if wanted in {name.casefold() for name in names}:
            return Party(
                one.alpha_3, getattr(one, "official_name", one.name), getattr(one, "common_name", one.name), one.name
            )
    return None


@lru_cache(maxsize=4)
def words(content: Path) -> Words:
    """Read the lists of a content folder."""
    door = Door(content)
    folder = content / "words"
    parties: dict[str, Party] = {}
    file = folder / "parties.yml"
    for place, row in enumerate(door.rows(door.open(file), door.name(file), "")):
        party = door.noun(Party, row, door.name(file), f"[{place}]")
        if party:
            parties[party.code] = party
    lists: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*.yml")):
        if file.stem != "parties":
            lists[file.stem] = {
                str(word): str(meaning) for word, meaning in door.pairs(door.open(file), door.name(file)).items()
            }
    door.close()
    return Words(parties, lists)
