"""The balance of a pair by both sides' reports, and how far the reports are apart.

An export is reported free on board by who sells, and with freight and insurance by who buys (IMTS 2010, chapters IV and
VIII). The reconciled flow is the mean of the exporter's report and the importer's report less the usual freight.
"""

from __future__ import annotations

from typing import Any

FREIGHT = 1.08
"""CIF over FOB: the 8 % that the Atlas and the OEC take where no rate of the pair is known."""


def balance(flows: Any, one: str, other: str, freight: float = FREIGHT) -> Any:
    """The trade of two countries in every year, by each side's report.

    `flows`: reporter, partner, flow ("export" or "import"), year, value (not negative; exports FOB, imports CIF).
    Gives for each year what `one` sold to `other` and bought from it: `exports_own`, `exports_mirror` (the partner's
    imports), `imports_own`, `imports_mirror`; the balance by each side's report; the gap of each flow as the
    importer's report over the exporter's; `exports` and `imports` reconciled: (exporter's report + importer's report /
    freight) / 2 where both are there, else the one that is; and `reports`, how many of the four there are. What is
    missing is empty.
    """

    def of(reporter: str, partner: str, flow: str, name: str) -> Any:
        held = flows.filter((flows.reporter == reporter) & (flows.partner == partner) & (flows.flow == flow))
        return held.group_by("year").aggregate(**{name: held.value.sum()})

    made = flows.filter(
        ((flows.reporter == one) & (flows.partner == other)) | ((flows.reporter == other) & (flows.partner == one))
    ).select("year").distinct()  # fmt: skip
    for reporter, partner, flow, name in (
        (one, other, "export", "exports_own"), (other, one, "import", "exports_mirror"),
        (one, other, "import", "imports_own"), (other, one, "export", "imports_mirror"),
    ):  # fmt: skip
        made = made.left_join(of(reporter, partner, flow, name), "year").drop("year_right")
    sold = _reconciled(made.exports_own, made.exports_mirror, freight)
    bought = _reconciled(made.imports_mirror, made.imports_own, freight)
    four = (made.exports_own, made.exports_mirror, made.imports_own, made.imports_mirror)
    made = made.mutate(
        balance_own=made.exports_own - made.imports_own, balance_mirror=made.exports_mirror - made.imports_mirror,
        exports_gap=made.exports_mirror / made.exports_own.nullif(0.0),
        imports_gap=made.imports_own / made.imports_mirror.nullif(0.0),
        exports=sold, imports=bought, balance=sold - bought,
        reports=sum((one_.notnull().cast("int64") for one_ in four[1:]), start=four[0].notnull().cast("int64")),
    )  # fmt: skip
    return made.order_by("year")


def _reconciled(exporter: Any, importer: Any, freight: float) -> Any:
    """The mean of both reports at the exporter's border; the one that is there where the other is missing."""
    landed = importer / freight
    return exporter.isnull().ifelse(landed, importer.isnull().ifelse(exporter, (exporter + landed) / 2.0))
