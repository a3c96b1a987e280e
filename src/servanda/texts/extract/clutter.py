"""What stands on a web page around the statement: menus, banners, buttons to share, what else there is to read."""

from __future__ import annotations

import re
from typing import Any

SILENT = frozenset(
    "script style noscript template svg iframe object embed applet button input select option textarea label datalist "
    "progress meter canvas video audio picture img map head link meta title dialog".split()
)
_TAGS = frozenset(("nav", "aside", "footer", "figure", "menu"))
_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar tablist toolbar alert "
    "status".split()
)
_WORDS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookiebar|cookiebanner|consent|gdpr|onetrust\w*|cmp|share|sharing|sharebar|sharethis|addthis\w*"
    r"|addtoany|a2a|socials?|social-?media|nav|navbar|navigation|menu|megamenu|submenu|breadcrumbs?|crumbs?|sidebar"
    r"|side-?nav|newsletters?|subscribe|subscription|related|recommended|recommendations|promo|promotions?|adverts?|ads?"
    r"|advertisement|banner|popup|pop-up|modal|overlay|pagination|pager|skip|skip-?link|skip-?to|comments?|comment-?list|tags?"
    r"|tag-?list|toolbar|toolbox|masthead|site-?header|site-?footer|footer|page-?footer|globalheader|globalfooter|print-?button"
    r"|back-?to-?top|language-?(?:switcher|selector)|lang-?switch|login|signin|search-?(?:box|form|bar)|rate|rating|feedback"
    r"|screen-?reader-?text|sr-only|visually-?hidden|caption|wp-caption-text|byline|widget|accessibility-?(?:bar|menu|tools)"
    r")(?=$|[\s_-])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTES = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|fn-?list|notes-list)(?=$|[\s_-])")


def is_silent(element: Any) -> bool:
    """True for what a reader of the page does not see, or cannot read."""
    if element.tag in SILENT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def is_clutter(element: Any) -> bool:
    """True for what its name says is no part of the statement; who calls looks whether the statement stands in it."""
    if element.tag in ("body", "html", "main", "article", "h1") or is_notes(element):
        return False
    if element.tag in _TAGS or (element.get("role") or "") in _ROLES:
        return True
    names = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{element.get('class') or ''} {element.get('id') or ''}"[:500])
    return bool(_WORDS.search(names.lower()))


def is_notes(element: Any) -> bool:
    """True for the list of footnotes at the end of a page."""
    if element.get("role") in ("doc-endnotes", "doc-footnote", "doc-footnotes"):
        return True
    if element.tag not in ("section", "div", "ol", "ul", "aside", "footer"):
        return False
    return bool(_NOTES.search(f"{element.get('class') or ''} {element.get('id') or ''}".lower()))


def is_reference(element: Any) -> bool:
    """True for the mark of a footnote in the text, and for the arrow that leads back from the note."""
    if element.tag not in ("sup", "a"):
        return False
    if element.get("role") in ("doc-noteref", "doc-backlink"):
        return True
    said = "".join(element.itertext()).strip()
    if not re.fullmatch(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,4}|[↩↑^⏎]\ufe0e?)[\])]?", said):
        return False
    inner = element if element.tag == "a" else element.find(".//a")
    return inner is not None and "#" in (inner.get("href") or "")
