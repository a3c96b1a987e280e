"""A tiny invented case: two states that do not exist, two documents, three commitments."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

FILES = {
    "words/parties.yml": """
        - {code: ZEM, name: Republic of Zembla, short: Zembla, of: Zemblan, aliases: [Nova Zembla]}
        - {code: RUR, name: Kingdom of Ruritania, short: Ruritania, of: Ruritanian}
        """,
    "words/confidence.yml": """
        confirmed by official page: A government says so.
        confirmed by press: A newspaper says so.
        """,
    "words/verdicts.yml": """
        delivered: Done.
        not started: Not begun.
        unknown: Nothing decides it.
        """,
    "words/barriers.yml": """
        in force: It applies.
        removed: It applies no longer.
        """,
    "cases/zem-rur/case.yml": """
        id: zem-rur
        title: Zembla and Ruritania
        parties: [ZEM, RUR]
        searches:
        - {id: first, by: a reader, on: 2021-01-31, where: The gazettes of both states.}
        - {id: second, by: a reader, on: 2021-06-30, where: Letters to both ministries.}
        """,
    "cases/zem-rur/threads.yml": """
        ferry: A ferry between the two coasts
        exchange-of-poets: Poets who stay a year
        """,
    "cases/zem-rur/documents/D-2018-COAST.yml": """
        id: D-2018-COAST
        date: 2018-05-02
        type: joint statement
        title: Statement on the shared coast
        level: head of government
        source: {title: Gazette of Zembla, publisher: official, url: 'https://gazette.example/2018/5'}
        confidence: confirmed by official page
        commitments:
        - id: Z001
          thread: ferry
          says: Open a ferry line by the end of 2019
          area: trade
          parties: [ZEM, RUR]
          owner: both ministries of transport
          bodies: [Ministry of Transport]
          action: specific
          instrument: statement
          kind: promise with a named deliverable
          deliverable: a ferry line
          deadline: 2019
          source: {title: Gazette of Zembla, publisher: official, url: 'https://gazette.example/2018/5'}
          confidence: confirmed by official page
          text_basis: full text
          evidence:
          - claim: The pier was built
            shows: step taken
            date: 2019-08
            source: {title: The Coast Courier, publisher: press}
            confidence: confirmed by press
            origin: 'person: a reader'
          assessments:
          - {key: reviewer, by: a reader, verdict: unknown}
          - {key: ZEM, by: Ministry of Transport, verdict: not started, as_of: 2020-02}
        - id: Z002
          thread: exchange-of-poets
          says: Invite three poets a year
          area: people
          parties: [ZEM]
          owner: Zembla
          action: specific
          instrument: memorandum of understanding
          kind: target with value and date
          deadline: yearly
          target: {value: 3, unit: poets}
          source: {title: Gazette of Zembla, publisher: official}
          confidence: confirmed by press
          text_basis: full text
        """,
    "cases/zem-rur/documents/D-2020-FERRY.yml": """
        id: D-2020-FERRY
        date: 2020-03-09
        type: memorandum of understanding
        title: Memorandum on the ferry
        level: minister
        source: {title: Gazette of Ruritania, publisher: official}
        confidence: confirmed by official page
        commitments:
        - id: Z003
          thread: ferry
          says: Open the ferry line by March 2021
          area: trade
          parties: [RUR]
          owner: Ruritania
          action: specific
          instrument: memorandum of understanding
          kind: promise with a named deliverable
          deliverable: a ferry line
          deadline: 2021-03
          source: {title: Gazette of Ruritania, publisher: official}
          confidence: confirmed by official page
          text_basis: full text
          evidence:
          - claim: The first ferry sailed
            shows: completed
            date: 2021-04-20
            source: {title: The Coast Courier, publisher: press, url: 'https://courier.example/ferry'}
            confidence: confirmed by press
            origin: 'person: a reader'
            search: second
        """,
    "cases/zem-rur/events.yml": """
        - id: ZE1
          date: 1911
          event: The two crowns exchange envoys
          kind: history
          source: {title: Gazette of Zembla, publisher: official}
          confidence: confirmed by press
          documents: [D-2018-COAST]
        """,
    "cases/zem-rur/figures.yml": """
        - {id: ZF1, metric: ferry passengers, unit: persons, period: '2020', confidence: confirmed by press, value: 0}
        """,
    "cases/zem-rur/barriers.yml": """
        - id: ZB1
          imposed_by: [RUR]
          affects: [ZEM]
          products: amber
          kind: levy
          what: A levy on amber
          reported_by: The Coast Courier
          status: in force
          confidence: confirmed by press
          sources:
          - {title: The Coast Courier, publisher: press}
        """,
}


def write_small(folder: Path) -> Path:
    """Write the case below `folder`, which becomes a content folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder
