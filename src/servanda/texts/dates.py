"""The words of the calendar: months, numbers, seasons, and meetings by whose name texts fix a date."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
NUMBERS = {
    name: number
    for number, name in enumerate(
        ("a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
         "eighteen nineteen twenty").split())
}  # fmt: skip
NUMBERS = {"a": 1, "an": 1, **{name: place for name, place in NUMBERS.items() if name != "a"}}
NUMBERS.update({"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100})
SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 14)}
EVENTS = {  # meetings of many states by whose name texts fix a date; month in which each began its work
    "COP15": "2009-12", "COP16": "2010-11", "COP17": "2011-11", "COP18": "2012-11", "COP21": "2015-11",
    "COP26": "2021-11", "COP27": "2022-11", "COP28": "2023-11", "COP29": "2024-11", "COP30": "2025-11",
}  # fmt: skip
