"""How far two customs offices are apart, product by product (IMTS 2010, chapters IV and VIII), by the rule of the
balance: each flow once as the seller reports it, free on board, and once as the buyer does, with freight."""

from __future__ import annotations

from typing import Any

from servanda.measures.trade.balance import FREIGHT


def mirror(reports: Any, pair: tuple[str, str], freight: float = FREIGHT) -> Any:
    """Both reports of every flow between two countries by product, and what lies between them.

    `reports`: reporter, partner, flow ("export", "import"), product, value, optionally year. Gives exporter,
    importer, product [, year], `exporter_report` (FOB), `importer_report` (CIF), `landed` = importer_report /
    freight, `gap` = landed - exporter_report, `ratio` = importer_report / exporter_report, `reconciled` = the mean of
    exporter_report and landed, or the one that is there, and `share` of the flow's absolute gaps in that direction
    [and year]. What one of them does not report is empty, and so are its gap and ratio.
    """
    years = ["year"] if "year" in reports.columns else []
    keys = [*years, "exporter", "importer", "product"]
    held = reports.filter(
        reports.reporter.isin(pair) & reports.partner.isin(pair) & (reports.reporter != reports.partner)
    )
    own = held.filter(held.flow == "export").rename(exporter="reporter", importer="partner")
    own = own.group_by(keys).aggregate(exporter_report=own.value.sum())
    theirs = held.filter(held.flow == "import").rename(exporter="partner", importer="reporter")
    theirs = theirs.group_by(keys).aggregate(importer_report=theirs.value.sum())
    made = own.outer_join(theirs, keys)
    made = made.mutate(**{key: made[key].fill_null(made[f"{key}_right"]) for key in keys})
    landed = made.importer_report / freight
    made = made.mutate(
        landed=landed,
        gap=landed - made.exporter_report,
        ratio=made.importer_report / made.exporter_report.nullif(0.0),
        reconciled=made.exporter_report.isnull().ifelse(
            landed, landed.isnull().ifelse(made.exporter_report, (made.exporter_report + landed) / 2.0)
        ),
    )
    ways = [*years, "exporter", "importer"]
    all_gaps = made.group_by(ways).aggregate(all_gaps=made.gap.abs().sum())
    made = made.select(*keys, "exporter_report", "importer_report", "landed", "gap", "ratio", "reconciled")
    made = made.left_join(all_gaps, ways)
    made = made.mutate(share=made.gap.abs() / made.all_gaps.nullif(0.0))
    return made.drop(*(f"{one}_right" for one in ways), "all_gaps").order_by(keys)
