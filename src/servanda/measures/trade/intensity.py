"""How much more two countries trade than their sizes in world trade would let expect.

Brown 1949, Applied Economics, p. 70-76, in Kojima's form (1964, The Pattern of International Trade among Advanced
Countries, Hitotsubashi Journal of Economics 5(1), p. 19); the homogeneous form and its symmetric one after Iapadre
2006, Regional Integration Agreements and the Geography of World Trade (eq. 4 to 8).
"""

from __future__ import annotations

from typing import Any

FORMS = ("intensity", "kojima", "homogeneous", "symmetric")
_ROUNDING = 1e-12


def intensity(flows: Any) -> Any:
    """Intensity of every exporter's sales to every importer; with a column `year`, each year by itself.

    `flows`: exporter, importer, value, optionally product (summed) and year. With x_ij the flow, X_i all exports of i,
    M_j all imports of j and W all trade it gives `intensity` = (x_ij / X_i) / (M_j / W); `kojima` = (x_ij / X_i) /
    (M_j / (W - M_i)), since i does not sell to itself; `homogeneous` = (x_ij / X_i) / ((M_j - x_ij) / (W - X_i)), i
    against everybody else; `symmetric` = (h - e) / (h + e) with h that and e the same of all that i does not sell to j:
    from -1 to 1, 0 where i sells to j as everybody else does. A form whose denominator is nothing is empty. A pair
    without a flow has no row.
    """
    years = ["year"] if "year" in flows.columns else []
    held = flows.filter((flows.exporter != flows.importer) & (flows.value > 0))
    held = held.group_by([*years, "exporter", "importer"]).aggregate(x=held.value.sum())
    sold = held.group_by([*years, "exporter"]).aggregate(sold=held.x.sum())
    bought = held.group_by([*years, "importer"]).aggregate(bought=held.x.sum())
    own = bought.rename(exporter="importer", own="bought")
    made = held.join(sold, [*years, "exporter"]).join(bought, [*years, "importer"])
    made = made.left_join(own, [*years, "exporter"])
    made = made.drop(*(one for one in made.columns if one.endswith("_right"))).fill_null({"own": 0.0})
    if years:
        made = made.join(held.group_by(years).aggregate(w=held.x.sum()), years)
    else:
        made = made.cross_join(held.aggregate(w=held.x.sum()))
    # What all others sell; what of it goes to j, and what past j; what i itself sells past j.
    others, beside = _less(made.w, made.sold, made.w), _less(made.bought, made.x, made.bought)
    past, own_past = _less(others, beside, made.w), _less(made.sold, made.x, made.sold)
    part, rest = made.x / made.sold, beside / others.nullif(0.0)
    away = own_past / made.sold / (past / others.nullif(0.0)).nullif(0.0)
    same = part / rest.nullif(0.0)
    made = made.mutate(
        value=made.x,
        intensity=part / (made.bought / made.w),
        kojima=part / (made.bought / (made.w - made.own)),
        homogeneous=same,
        symmetric=(same - away) / (same + away),
    )
    keys = [*years, "exporter", "importer"]
    return made.select([*keys, "value", *FORMS]).order_by(keys)


def _less(whole: Any, part: Any, scale: Any) -> Any:
    """What is left of the whole: nothing where it is no more than the rounding of sums of that scale."""
    left = whole - part
    return (left > _ROUNDING * scale).ifelse(left, 0.0)
