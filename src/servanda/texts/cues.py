"""The words that carry a decision: a written grammar of undertaking, reporting, expecting, calling.

Each cue is a name and a pattern; where it matched is kept, so that a reader can be shown why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.model.passage import Passage

_ADV = r"(?:(?:also|further|jointly|together|therefore|each|both|all|fully|firmly|strongly|now|today|hereby|actively|accordingly|mutually|again|have|had|has)\s+){0,3}"
_TO = r"(?:\s+(?:jointly|together|fully|further|closely|actively|also|both|immediately|promptly))?\s+to\s+(?!the\b|a\b|an\b|our\b|their\b|this\b|these\b|its\b|each\b|all\b|[A-Z])"
_LEADERS = (
    r"(?:we|they|both\s+(?:sides|leaders|countries|governments|parties|ministers|nations|presidents|prime\s+ministers)|"
    r"(?:the\s+)?(?:two\s+)?(?:leaders|sides|parties|ministers|prime\s+ministers|presidents|countries|governments|heads|delegations|participants|partners|nations))"
)

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        # undertakings
        "will act": rf"\b(?:{_LEADERS}|it|he|she)\s+{_ADV}(?:will|shall)\s+(?!be\b|become\b|have\b|remain\b|help\s+to\b)",
        "will": r"\b(?:will|shall)\s+(?:\w+ly\s+)?(?!be\b|become\b|remain\b)\w+",
        "will be": r"\b(?:will|shall)\s+(?:also\s+)?(?:be|become|remain|have)\b",
        "will continue": r"\b(?:will|shall)\s+(?:also\s+|both\s+)?(?:continue|keep|maintain|remain)\b",
        "agreed to": rf"\bagree(?:s|d)?(?:{_TO}|\s+on\s+(?:a|an|the)\s+(?:need|importance)\b)?",
        "agreed to act": rf"\bagree(?:s|d)?{_TO}",
        "agreed that should": r"\bagree(?:s|d)?\s+that\b.{0,90}?\b(?:should|would|will|shall|be\s+\w+ed)\b",
        "decided to": rf"\b(?:decide|resolve|undert(?:ake|ook)|vow|promise|determine|elect|concur)(?:s|d)?(?:{_TO}|\s+that\b.{{0,80}}?\b(?:would|will|should)\b)",
        "pledged": rf"\bpledge(?:s|d)?(?:{_TO}|\s+(?:continued|their|its|our|up|\$|\w+\s+(?:million|billion)))",
        "commit to act": r"\b(?:re)?commit(?:s|ted|ting)?\s+(?:\w+sel(?:f|ves)\s+)?to\s+(?:(?:further|jointly|fully|continu\w+|also|work\w*|closely|together)\s+)*(?:[a-z]+ing\b|(?!the\b|a\b|an\b|our\b|their\b|this\b|these\b|its\b|each\b|all\b|[a-z]+(?:tion|ment|ity|ance|ence|ship|cy|ism|ness)\b)[a-z]+)",
        "commitment to act": r"\b(?:commitment|determination|intent(?:ion)?|resolve|willingness|readiness|desire)\s+to\s+(?:(?:further|jointly|fully|continue|working|closely|together)\s+)*(?:[a-z]+ing\b|(?!the\b|a\b|an\b|our\b|their\b|this\b|these\b|its\b|[a-z]+(?:tion|ment|ity|ance|ence|ship|cy|ism)\b)[a-z]+)",
        "commitment to value": r"\bcommit(?:ment|ted)\s+to\s+(?:the|a|an|our|their|this|its|\w+\s+(?:democracy|peace|stability))\b",
        "plans to": r"\b(?:plan(?:s|ned|ning)?|intend(?:s|ed)?|aim(?:s|ed)?|propose(?:s|d)?|expect(?:s)?|seek(?:s)?|prepare(?:s|d)?)\s+to\s+\w+",
        "announced plans": r"\bannounce(?:s|d)?\s+(?:\w+\s+){0,4}(?:plans?|intent(?:ion)?s?|commitments?|their\s+intent)\b",
        "announced": r"\bannounc(?:e|es|ed|ing)\b",
        "directed": r"\b(?:direct(?:s|ed)?|task(?:s|ed)?|instruct(?:s|ed)?|charge(?:s|d)?|mandate(?:s|d)?|designate(?:s|d)?)\s+(?:\w+\s+){0,5}(?:to|with)\b",
        "stands ready": r"\b(?:stand(?:s)?\s+ready|are\s+determined|is\s+determined|are\s+prepared|offer(?:s|ed)?)\s+to\b",
        "reaffirmed intent": r"\b(?:reaffirm|affirm|reiterat|express|underscor|emphasi[sz]|renew|confirm)\w*\s+(?:\w+\s+){0,5}(?:intent(?:ion)?|plans?|determination|commitment|resolve|readiness|willingness)\s+to\b",
        "should": r"\bshould\b",
        "would": r"\bwould\s+(?!be\b|like\b|help\b)\w+",
        "work together": r"\b(?:work|cooperat|collaborat|partner|coordinat|consult)\w*\s+(?:\w+\s+){0,2}(?:together|closely|jointly|with|to)\b",
        # reports
        "signed": r"\b(?:was|were|have|has|had)?\s*(?:been\s+)?(?:signed|concluded|launched|established|inaugurated|adopted|finali[sz]ed|completed|ratified|opened|held|hosted|met|visited|exchanged|reached|secured|elevated|renewed|convened|discussed|reviewed)\b",
        "have done": r"\b(?:have|has|had)\s+(?:also\s+|already\s+|recently\s+)?(?:been\s+)?\w+(?:ed|en|ung|ade|uilt|one|ld|ought)\b",
        "welcomed done": r"\bwelcom(?:e|es|ed|ing)\s+(?:\w+\s+){0,6}(?:sign\w+|launch\w*|conclusion|establishment|completion|announcement|adoption|entry|progress|opening|decision|agreement|finali[sz]ation|release|holding|success\w*|recent|early|increase\w*|significant)\b",
        "today": r"\b(?:today|yesterday|this\s+week|recently|last\s+(?:year|month|week))\b",
        "visit": r"\b(?:paid|made|undertook|hosted|visited|arrived|invitation|accompanied|welcomed\s+(?:president|prime|his|the\s+prime))\b",
        # expectations
        "look forward": r"\blook(?:s|ed|ing)?\s+forward\b",
        "hope": r"\b(?:hope|expect|anticipat|encourag|invit|aspir|envision)\w*\b",
        "welcome": r"\bwelcom(?:e|es|ed|ing)\b",
        "forthcoming": r"\b(?:forthcoming|upcoming|coming|planned|expected|scheduled|next\s+(?:year|month|meeting|round))\b",
        # calls
        "call": r"\b(?:call(?:s|ed|ing)?\s+(?:on|upon|for)|urg(?:e|es|ed|ing)|demand(?:s|ed)?|appeal(?:s|ed)?)\b",
        # positions
        "belief": r"\b(?:believe|recogni[sz]|acknowledg|not(?:e|es|ed)|underscor|stress|emphasi[sz]|reaffirm|affirm|reiterat|support|share|condemn|oppose|regret|express|appreciat|commend|recall|highlight|underlin|concern|stat(?:e|es|ed)|consider|convinced|discuss|exchang)\w*\b",
        "importance": r"\b(?:importance|importan(?:t|ce)|essential|critical|vital|crucial|significance|value\s+of|need\s+(?:for|to))\b",
        "is": r"\b(?:is|are|was|were|remains?)\s+(?:an?|the|not|also|now|more|at|in|of|united|based|key|central|integral|fundamental|critical)\b",
        "opens with participle": r"^(?:\W*)(?:recogni[sz]ing|acknowledging|noting|recalling|reaffirming|affirming|conscious|mindful|believing|considering|desiring|highlighting|building|guided|bonded|reflecting|underlining|stressing)\b",
    }.items()
}

_MARKUP = re.compile(r"\*{1,3}|_{2,}|\[([^\]]*)\]\([^)]*\)|<!--.*?-->|^\s*#{1,6}\s")
_BARE_VERB = re.compile(
    r"^[\W\d]*(?:[a-z]\)|[ivx]+\))?\s*(?P<verb>(?:To\s+)?(?:Jointly\s+|Further\s+|Continu(?:e|ing)\s+to\s+|Actively\s+|Closely\s+)?"
    r"(?:accelerat|adopt|advanc|apply|assist|build|collaborat|commit|complet|conclud|conduct|consider|consult|continu|convene|cooperat|coordinat|creat|"
    r"deepen|deliver|develop|direct|eliminat|encourag|engag|enhanc|ensur|establish|examin|exchang|expand|explor|facilitat|finali[sz]|foster|hold|identify|"
    r"implement|improv|increas|initiat|intensif|invest|invit|launch|leverag|maintain|negotiat|open|organi[sz]|partner|prioriti[sz]|promot|protect|provid|pursu|"
    r"reduc|remov|review|share|sign|strengthen|streamlin|stud|support|undertak|updat|upgrad|use|utili[sz]|work|accept|address|align|allow|ban|join|prohibit|purchas|recogni[sz]|refrain|adher)\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A cue and where in the passage's plain text it matched."""

    cue: str
    start: int
    end: int


def bare(text: str) -> str:
    """The words of a passage without marks of formatting or links, white space folded."""
    return " ".join(_MARKUP.sub(lambda found: found.group(1) or " ", text).split())


def cues(passage: Passage) -> list[Match]:
    """Every cue in the passage, in the order of the grammar."""
    said = bare(passage.text)
    found = [Match(name, hit.start(), hit.end()) for name, pattern in CUES.items() if (hit := pattern.search(said))]
    verb = _BARE_VERB.match(said)
    if verb:
        found.append(Match("bare verb", verb.start("verb"), verb.end("verb")))
    return found
