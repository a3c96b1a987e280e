"""A grammar of undertaking: the words by which a text undertakes, reports, expects, calls or takes a position.

Each cue is a name and a pattern over folded words (see normal.py). Where it matched is kept, so that a reader can be
shown why. `{to}` stands for "to" before a verb, `{adv}` for words that may stand between a party and its verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADV = r"(?:(?:also|further|jointly|together|therefore|each|both|all|now|today|hereby|then|in turn|as well|have|had|has|will|are|is|were|was|re|furthermore|additionally|moreover|mutually|accordingly|additionally|again|likewise|separately|\w+ly),?\s+){0,4}"
_INF = r"(?:(?:also|jointly|together|further|fully|closely|actively|both|promptly|\w+ly)\s+)*"
_NOT_VERB = r"(?!the\b|an?\b|our\b|their\b|this\b|these\b|its\b|each\b|all\b|POSS\b|PARTY\b|OTHER|[A-Z]|\w+(?:tion|ment|ity|ance|ence|ship|cy|ism|ness|ions|ments)\b)"
_ASIDE = r"(?:,[^,]{1,70},\s+)?"
_TO = rf"{_ASIDE}to\s+{_INF}{_NOT_VERB}"
_ACT_NOUN = (
    r"(?:implementation|conclusion|completion|realization|realisation|transition|denuclearization|denuclearisation|establishment|"
    r"expansion|entry|ratification|finalization|finalisation|negotiation|negotiations|adoption|elimination|reduction|reform|"
    r"modernization|modernisation|achievement|delivery|construction|development|resumption|launch|signing|holding|strengthening)"
)
_P = rf"\bPARTY(?:\s*,[^,]{{0,60}},)?\s+{_ADV}"
_WORDS = r"(?:[\w'.,$%-]+\s+)"

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        # undertakings
        "party will": rf"\bPARTY(?:\s*,[^,]{{0,60}},)?\s+(?:(?:also|both|all|further|jointly|together|each|then|therefore|\w+ly)\s+)*(?:will|shall)\s+(?:not\s+)?{_INF}(?!be\b|become\b|have\b|remain\b|benefit\b|face\b|enjoy\b|need\b)(?P<act>[\w-]+)",
        "party will be": r"\bPARTY\s+(?:also\s+)?(?:will|shall)\s+(?:also\s+)?(?:be|become|remain|have|benefit|face|enjoy|need)\b\s*(?P<act>\w+)?",
        "and will": r"(?:\band|,|;)\s+(?:we\s+)?(?:also\s+)?(?:will|shall)\s+(?:also\s+)?(?!be\b|become\b|have\b)(?P<act>[\w-]+)",
        "it will": r"\b(?:it|It|this|This|these|These|which|that|who)\s+(?:will|shall)\s+(?:also\s+)?(?P<act>[\w-]+)",
        "body will": r"\b(?:[Mm]inist(?:er|ry|ries)|[Mm]inisters|[Oo]fficials|[Gg]roup|[Cc]ommittee|[Cc]ommission|[Cc]ouncil|[Dd]ialogue|[Ff]orum|[Tt]ask [Ff]orce|[Aa]genc(?:y|ies)|[Dd]epartments?|[Ff]und|[Pp]rogram(?:me)?|[Ii]nitiative|[Pp]artnership|[Cc]ent(?:re|er)|[Tt]eams?|[Mm]echanism|[Bb]ank|[Aa]uthorit(?:y|ies)|[Ff]orces|Participants|[Pp]arties|[Ee]xperts|[Ss]cheme|[Pp]roject|[Aa]greement|[Aa]rrangement|MOU|Memorandum)\s+(?:will|shall)\s+(?:also\s+)?(?P<act>[\w-]+)",
        "other will": r"\bOTHER\s+(?:will|shall)\b",
        "will be done": r"\b(?:will|shall)\s+(?:also\s+)?be\s+(?:\w+ly\s+)?(?P<act>\w+(?:ed|en|un|ld|ade|et|uilt))\b",
        "will be": r"\b(?:will|shall)\s+(?:also\s+)?(?:be|become|remain|have)\b",
        "will": r"\b(?:will|shall)\s+(?:also\s+|both\s+|jointly\s+|\w+ly\s+)*(?P<act>[\w-]+)",
        "would": r"\bwould\s+(?:also\s+)?(?!like\b)(?P<act>[\w-]+)",
        "party agreed to": rf"{_P}agree[sd]?\s+(?:\w+ly\s+)?{_TO}(?P<act>[\w-]+)",
        "and agreed to": rf"(?:\band|,)\s+(?:have\s+|also\s+|further\s+)*agree[sd]?\s+{_TO}(?P<act>[\w-]+)",
        "agreed that": r"\b[Aa]gree[sd]?\s+(?:\w+ly\s+)?that\b",
        "agreed that should": r"\b[Aa]gree[sd]?\s+(?:\w+ly\s+)?that\b.{0,140}?\b(?P<act>should|would|will|shall|must)\b",
        "agreed on": r"\b[Aa]gree[sd]?\s+(?:on|upon|to\s+(?:the|an?|this|these|POSS|their|our))\s+(?P<act>[\w-]+)",
        "agreed on need": r"\b[Aa]gree[sd]?\s+(?:on|upon|about)\s+the\s+(?:need|importance|value|desirability|necessity)\b",
        "agreed": r"\b[Aa]gree(?:s|d|ing)?\b",
        "party decided to": rf"{_P}(?:decided?|decides|resolved?|resolves|undertook|undertakes?|undertaken|vow(?:ed)?|determined?|promised?|elected|concurred?|chose)\s+{_TO}(?P<act>[\w-]+)",
        "party pledged to": rf"{_P}pledge[sd]?\s+{_TO}(?P<act>[\w-]+)",
        "pledged amount": r"\b[Pp]ledge[sd]?\s+(?:\w+\s+){0,3}(?:[A-Z]{0,3}\$|\d)",
        "party intends to": rf"{_P}(?:plan(?:s|ned)?|intend(?:s|ed)?|aim(?:s|ed)?|propose[sd]?)\s+{_TO}(?P<act>[\w-]+)",
        "intend to": rf"\b(?:plan(?:s|ned)?|intend(?:s|ed)?|intending|aim(?:s|ed)?|propose[sd]?)\s+{_TO}(?P<act>[\w-]+)",
        "and decided to": rf"(?:\band|,)\s+(?:also\s+|further\s+|have\s+)*(?:decided?|resolved?|undertook|undertake|pledged?|plan(?:ned)?|intend(?:ed)?|determined|promised)\s+{_TO}(?P<act>[\w-]+)",
        "decided on": r"\b(?:decided|resolved|decision|resolve|determined)\s+(?:that|on|upon)\b",
        "commit to doing": rf"\b(?:[Rr]e)?[Cc]ommit(?:s|ted|ting)?\s+(?:themselves\s+|itself\s+|ourselves\s+)?to\s+{_INF}(?:continu\w+\s+(?:to\s+)?)?(?P<act>[\w-]+ing)\b",
        "commit to act": rf"\b(?:[Rr]e)?[Cc]ommit(?:s|ted|ting)?\s+(?:themselves\s+|itself\s+|ourselves\s+)?{_TO}(?!\w+ing\b)(?P<act>[\w-]+)",
        "are committed to": r"\b(?:are|is|were|was|be|remain|remains|remained|stand|stands)\s+(?:\w+ly\s+|also\s+|both\s+)*committed\s+to\b",
        "commit to thing": rf"\b(?:[Rr]e)?[Cc]ommit(?:s|ted|ting)?\s+(?:themselves\s+|itself\s+|ourselves\s+)?to\s+(?!{_INF}{_NOT_VERB}).{{0,40}}",
        "commitment to act": rf"\b(?:commitments?|determination|intent|intention|resolve|readiness|willingness|plans?|undertaking|decision|agreement|offer|pledge|goal|resolution|preparedness)\s+(?:of\s+PARTY\s+)?{_TO}(?P<act>[\w-]+)",
        "commitment to thing": r"\b(?:commitments?|determination|resolve)\s+to\s+(?:the|an?|our|their|its|this|POSS|[A-Z]\w+|\w+(?:tion|ment|ity|ance|ence|ship|cy|ism|ness))\b",
        "commit to act noun": rf"\b(?:commit(?:ted|ting|s)?|commitments?|[Rr]ecommit\w*)\s+(?:themselves\s+)?(?:of\s+PARTY\s+)?(?:to|for)\s+(?:(?:the|an?|its|their|our|this|POSS)\s+)?(?:[\w-]+\s+){{0,4}}?(?P<act>{_ACT_NOUN})\b",
        "remain committed": r"\bPARTY\s+(?:\w+\s+)?(?:remains?|remained)\s+(?:\w+\s+)?committed\b",
        "pledged thing": rf"{_P}pledge[sd]?\s+(?!to\b)(?P<act>\w+)",
        "pleased to": r"\bPARTY\s+(?:are|is)\s+(?:pleased|proud|delighted|glad|honou?red)\s+to\s+(?P<act>\w+)",
        "dedicated to": r"\b(?:are|is|remain|be)\s+(?:dedicated|determined|resolved|united in our)\s+(?:to\s+|determination\s+to\s+)?(?P<act>\w+)",
        "it was agreed": r"\b(?:[Ii]t\s+)?(?:was|were|is|had\s+been|has\s+been)\s+(?:also\s+|further\s+)?(?P<act>agreed|decided|resolved)\b(?:\s+(?:that|to))?",
        "passive would": r"\b(?:would|should|shall|will)\s+(?:also\s+)?be\s+(?P<act>\w+(?:ed|en|ld|ade|et))\b",
        "had agreed": r"\b(?:had|having)\s+(?:also\s+)?(?:been\s+)?(?:agreed|decided|committed)\b",
        "determined that": rf"{_P}(?:determined|decided|resolved|directed|concurred|agreed|confirmed|announced|stated|said|indicated|informed\s+PARTY)\s+(?:that\s+)(?P<act>PARTY\s+(?:will|would|should|shall|had|has|have|is|are|must)|[\w-]+)",
        "asks own": r"\bPARTY\s+(?:also\s+|have\s+|has\s+)*(?:ask(?:s|ed)?|task(?:s|ed)?|direct(?:s|ed)?|instruct(?:s|ed)?|request(?:s|ed)?|charg(?:e|es|ed)|call(?:s|ed)?\s+(?:on|upon))\s+(?:on\s+)?(?P<act>PARTY|POSS|their|our|the|officials|senior|relevant)\b",
        "more of": r"\b(?:[Ii]ncreas|[Ee]nhanc|[Ee]xpand|[Cc]ontinu|[Ss]trengthen|[Dd]eepen|[Cc]loser|[Gg]reater|[Rr]egular|[Aa]nnual)\w*\s+(?:\w+\s+){0,2}(?P<act>cooperation|collaboration|consultations?|coordination|dialogue|exchanges?|discussions?|engagement|efforts|contacts?)\b",
        "set goal": r"\bset\s+(?:an?|the|our|new|ambitious|bold)\s+(?:[\w-]+\s+){0,3}(?:goal|target)",
        "offers": r"\b(?:offered|offers|invited|invites|accepted|accepts)\b",
        "called for": r"\bPARTY\s+(?:also\s+)?call(?:s|ed)?\s+for\b",
        "forthcoming welcome": r"\b[Ww]elcom\w*\s+(?:[\w'.-]+\s+){0,6}(?:plans?|planned|intentions?|proposals?|proposed|forthcoming|upcoming|initiative|commitments?|pledge|offer|interest|participation|readiness|willingness|determination|prospect|possibility|opportunit\w+)\b",
        "party noted that": rf"{_P}(?P<act>noted|recalled|recognised|recognized|acknowledged|underlined|stressed|emphasi[sz]ed|observed|stated|said|believed|considered|reaffirmed|reiterated|discussed|note|recognize|acknowledge|stress|emphasize|affirm|affirmed|confirmed)\s+(?:with\s+\w+\s+)?(?:that|how|the\s+need)\b",
        "desire to": r"\b(?:desire|wish|interest|ambition|aspiration|hope|vision|interested)\s+(?:in|to)\s+(?P<act>[\w-]+)",
        "reaffirm commitment": rf"\b(?:[Rr]e)?(?:[Aa]ffirm|[Ii]terat|[Uu]nderscor|[Ee]xpress|[Rr]enew|[Aa]nnounc|[Ee]mphasi|[Ss]har|[Cc]onfirm|[Rr]estat|[Ss]tress|[Ss]tat|[Uu]nderlin|[Dd]eclar|[Pp]ledg|[Rr]econfirm|[Rr]einforc|[Nn]oted)\w*\s+{_WORDS}{{0,6}}(?:commitments?|determination|intent|intention|resolve|readiness|willingness|plans?|preparedness)\s+(?:to|for)\b",
        "announced plan": rf"\b[Aa]nnounc\w*\s+{_WORDS}{{0,5}}(?:plans?|intent\w*|commitments?|new|that\s+\w+\s+(?:will|would))\b",
        "announced": r"\b[Aa]nnounc(?:e|es|ed|ing)\b(?:\s+(?P<act>\w+(?:\s+\w+)?))?",
        "announced done": rf"\b[Aa]nnounc\w*\s+(?:the\s+)?{_WORDS}{{0,2}}(?:launch|signing|conclusion|establishment|completion|opening|creation|release|finali[sz]ation|selection|award)\b",
        "directs own": r"\b(?:[Dd]irect|[Tt]ask|[Ii]nstruct|[Cc]harg|[Mm]andat|[Dd]esignat|[Aa]sk|[Rr]equest|[Cc]ommission)(?:s|e|es|ed|ing)?\s+(?:their|its|our|his|the|officials|ministers|relevant|respective|POSS|senior|appropriate)\b",
        "stands ready": rf"\b(?:stands?|stood)\s+ready\s+to|\b(?:are|is|was|were|be)\s+(?:\w+ly\s+)*(?:determined|prepared|ready|resolved|willing)\s+to\b|\boffer(?:s|ed)?\s+{_TO}",
        "party seeks": rf"{_P}(?:seek|seeks|sought|look(?:s|ed)?\s+to|strive)\b",
        "in order": r"\b(?:in\s+order\s+to|so\s+as\s+to|with\s+a\s+view\s+to|aimed\s+at)\b",
        "to be done": r"\bto\s+be\s+(?P<act>\w+(?:ed|ld|en))\b",
        "open with verb": r"^(?:To\s+)?(?:(?:Jointly|Further|Closely|Actively|Also)\s+)?(?P<act>[A-Z][a-z]+(?:-[a-z]+)?)\b",
        # reports
        "party did": rf"{_P}(?P<act>signed|concluded|launched|established|inaugurated|adopted|finali[sz]ed|completed|ratified|opened|held|hosted|met|visited|paid|arrived|exchanged|reached|secured|elevated|convened|took|made|received|began|started|initialled|participated|witnessed|led|attended|came|invited|provided|created|released|issued|unveiled|approved|appointed|celebrated|marked|joined|conducted|delivered|presented|formed|renewed|called)\b",
        "was done": r"\b(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:also\s+|now\s+|recently\s+|\w+ly\s+)?(?P<act>signed|concluded|launched|established|held|agreed|adopted|finali[sz]ed|completed|opened|reached|announced|made|issued|extended|approved|accompanied|received|initialled|negotiated|formed|set|taken|achieved|exchanged|convened|conducted|created|undertaken|invited|selected)\b",
        "have done": r"\b(?:have|has|had)\s+(?:also\s+|already\s+|recently\s+|now\s+|just\s+|\w+ly\s+)?(?P<act>\w+(?:ed|en|ung|ade|uilt|one|ld|ought|et))\b",
        "welcomed done": r"\b[Ww]elcom\w*\s+(?:[\w'.-]+\s+){0,8}(?P<act>sign(?:ing|ature|ed)|launch\w*|conclusion|establishment|completion|announcements?|adoption|entry\s+into|opening|finali\w+|release|holding|success\w*|decisions?|progress|steps|measures|efforts|growth|increase|visits?|investments?|agreements?|outcomes?|results|inauguration|commencement|recent|creation|contribution|formation|start|inaugural|first)\b",
        "today": r"\b(?:[Tt]oday|[Yy]esterday|[Rr]ecently|earlier\s+this|last\s+(?:year|month|week)|this\s+(?:week|morning))\b",
        "past verb": r"^(?:[A-Z][\w.]*\s+){1,3}(?:signed|launched|announced|completed|established|opened|signs|announces|launches)\b",
        # expectations
        "looks forward": r"\b[Ll]ook(?:s|ed|ing)?\s+forward\b",
        "hopes": r"\b(?:[Hh]op(?:e|es|ed|ing)|[Ee]xpect(?:s|ed|ing|ation|ations)?|[Aa]nticipat\w+|[Aa]spir\w+|[Ee]nvision\w*|[Ee]nvisag\w+|desire[sd]?)\b",
        "encourages": r"\b(?:[Ee]ncourag(?:e|es|ed)|[Ii]nvit(?:e|es|ed))\b",
        "welcomes": r"\b[Ww]elcom(?:e|es|ed|ing)\b",
        "forthcoming": r"\b(?:forthcoming|upcoming|coming|planned|scheduled|next\s+(?:year|month|meeting|round|week))\b",
        "may": r"\b(?:could|may|might|can)\b",
        # calls
        "calls on": r"\b[Cc]all(?:s|ed|ing)?\s+(?:on|upon)\b",
        "calls for": r"\b[Cc]all(?:s|ed|ing)?\s+for\b",
        "urges": r"\b(?:[Uu]rg(?:e|es|ed|ing)|[Dd]emand(?:s|ed|ing)?|[Aa]ppeal(?:s|ed)?)\b",
        "urges other": r"\b(?:[Cc]all(?:s|ed|ing)?\s+(?:on|upon)|[Uu]rg(?:e|es|ed|ing))\s+(?:the\s+)?(?:OTHER|[A-Z]\w+|all\s|other|countries|states|parties|those)",
        # positions
        "party holds": rf"{_P}(?P<act>(?:re)?affirm|recogni|acknowledg|not|underscor|stress|emphasi|reiterat|support|shar|condemn|oppos|regret|express|appreciat|commend|recall|highlight|underlin|believ|consider|discuss|exchang|welcom|stat|concur|applaud|congratulat|observ|attach|review|value|deplor|reject|endors|thank|view|praise|prais|agree)\w*",
        "party is": r"\bPARTY\s+(?:also\s+|both\s+|\w+ly\s+)?(?:are|is|were|was|remain|remains|have\s+a)\s+(?P<act>[\w-]+)",
        "party does": r"\bPARTY\s+(?:are|is)\s+(?:also\s+|now\s+|already\s+|\w+ly\s+)?(?P<act>\w+ing)\b",
        "should": r"\b(?:should|must|ought)\b",
        "importance": r"\b(?:importan\w+|essential|critical|vital|crucial|need\s+(?:for|to)|value\s+of|significance|role)\b",
        "opens with participle": r"^\W*(?:Recogni|Acknowledg|Noting|Recall|Reaffirm|Affirm|Conscious|Mindful|Believ|Consider|Desir|Highlight|Building|Guided|Bonded|Reflecting|Underlin|Stress|As\b|In\b|Whereas|Having|Aware|Convinced|Committed|Committing)\w*",
    }.items()
}
UNDERTAKE = frozenset(
    {"party will", "and will", "party agreed to", "and agreed to", "party decided to", "party pledged to",
     "party intends to", "and decided to", "commit to doing", "commit to act", "commitment to act",
     "reaffirm commitment", "directs own", "stands ready", "announced plan"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A cue, where in the folded words it matched, and the verb of the act where it names one."""

    cue: str
    start: int
    end: int
    act: str = ""


def cues(said: str) -> list[Match]:
    """Every cue in folded words, each at its first place, in the order of the text."""
    found = []
    for name, pattern in CUES.items():
        hit = pattern.search(said)
        if hit:
            act = (hit.groupdict().get("act") or "").lower()
            found.append(Match(name, hit.start(), hit.end(), act))
    return sorted(found, key=lambda match: (match.start, match.end, match.cue))
