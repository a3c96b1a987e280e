"""From works to joint papers of every two parties by year: one expression, run on DuckDB or on Spark alike.

Works stand in the shape of the OpenAlex snapshot (docs.openalex.org, work object): id, publication_year, primary_topic
and authorships, each with its countries and institutions. A paper counts once for a party and once for a pair,
however many authors it has there.
"""

from __future__ import annotations

from typing import Any

import ibis

WORLD = "WLD"


def institutions(works: Any) -> Any:
    """paper, institution, country (ISO 3166 alpha-2, or none), year, topic: each institution of a work once."""
    author = works.select(paper=works.id, year=works.publication_year, topic=works.primary_topic["display_name"],
                          author=works.authorships.unnest())  # fmt: skip
    one = author.select("paper", "year", "topic", one=author.author["institutions"].unnest())
    named = one.select("paper", "year", "topic", institution=one.one["display_name"], country=one.one["country_code"])
    named = named.filter(named.institution.notnull())
    return named.select("paper", "institution", "country", "year", "topic").distinct()


def parties(works: Any) -> Any:
    """paper, country (alpha-2), year: each party of a work once, also where only its name stood in the affiliation."""
    author = works.select(paper=works.id, year=works.publication_year, author=works.authorships.unnest())
    found = author.select("paper", "year", country=author.author["countries"].unnest())
    return found.filter(found.country.notnull()).select("paper", "country", "year").distinct()


def pairs(rows: Any, codes: Any | None = None) -> Any:
    """a, b, year, papers from paper, country, year: joint papers of every two parties, a before b.

    A party with `WLD` is what it wrote with anybody abroad, `WLD` with itself all papers of more than one party.
    `codes`: short, code; where it is given, countries become codes, and what it does not name is left out.
    """
    once = rows.select("paper", "country", "year").filter(rows.country.notnull())
    if codes is not None:
        once = once.join(codes, once.country == codes.short).select("paper", "year", country="code")
    once = once.distinct()
    many = once.group_by("paper").aggregate(parties=once.country.nunique())
    abroad = once.semi_join(many.filter(many.parties > 1), "paper")
    other = abroad.view()
    both = abroad.join(other, (abroad.paper == other.paper) & (abroad.country < other.country))
    joint = both.select(a=abroad.country, b=other.country, year=abroad.year)
    own = abroad.select(a="country", b=ibis.literal(WORLD), year="year")
    papers = abroad.select("paper", "year").distinct()
    every = papers.select(a=ibis.literal(WORLD), b=ibis.literal(WORLD), year="year")
    rows = joint.union(own).union(every)
    return rows.group_by(["a", "b", "year"]).aggregate(papers=rows.count()).order_by(["a", "b", "year"])
