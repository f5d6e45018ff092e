"""Notices when a trainee's own words may be about their own safety. Simple, cautious, and no assessment of anything."""

import re

SUPPORT_TEXT = "Please stop here and talk to somebody you trust, or to your local emergency or crisis service."
"""Shown where a site has set no text of its own. It names no number, because a number may be wrong where it is read."""

_ASIDE = r"(?:(?:really|just|only|actually|honestly|sometimes|often|also|still|truly|even|so|kind of|sort of) )*"
_I = rf"\bi(?:'m| am|'ve| have|'d| would|'ll| will)? {_ASIDE}"
_TO = (
    r"(?:want(?:ed)? to|wanna|wish to|would like to|like to|need to|plan(?:ning)? to|mean to|intend to|"
    r"going to|gonna|about to|thinking (?:of|about)|thought (?:of|about)|feel like|"
    r"have to|decided to|ready to|tempted to|trying to|tried to)"
)
_ACT = (
    r"(?:kill(?:ing)? myself|end(?:ing)? (?:my (?:own )?life|it all|myself)|tak(?:e|ing) my (?:own )?life|"
    r"hurt(?:ing)? myself|harm(?:ing)? myself|cut(?:ting)? myself|hang(?:ing)? myself|shoot(?:ing)? myself|"
    r"overdos(?:e|ing)|(?:commit(?:ting)? )?suicide|do(?:ing)? myself in|die|dying|be dead|being dead)"
    r"(?! (?:wrong|set|sure|serious|against|tired|off|short|out|some|shaving|a slice|a piece))"
)
_SIGNS = re.compile(
    "|".join(
        (
            rf"{_I}(?:been |be )?{_ASIDE}{_TO} {_ASIDE}(?:go and |just )?{_ACT}\b",
            rf"{_I}(?:feel(?:ing)? |been |be )?{_ASIDE}suicidal\b",
            rf"{_I}{_ASIDE}wish(?:ed)? (?:that )?i (?:(?:was|were|could be) (?:dead|never born)|could die)\b",
            (
                rf"{_I}(?:do not|don't|did not|didn't|no longer) {_ASIDE}(?:want to|wanna) "
                r"(?:live|be alive|be here any ?more|wake up|exist|go on living)\b"
            ),
            rf"{_I}(?:can not|cannot|can't) {_ASIDE}(?:go on living|live like this|live any ?more)\b",
            (
                r"\b(?:everyone|everybody|they|people|the world|my (?:family|kids|children|wife|husband|partner)) "
                r"(?:would|will|'d) (?:all )?be better off (?:without me|if i (?:was|were) dead|if i died)\b"
            ),
            r"\bmy (?:own )?(?:suicide|suicidal thoughts|suicide plan)\b",
            (
                rf"{_I}{_ASIDE}(?:cut|cutting|hurt|hurting|harm|harming|kill|killing) myself\b"
                r"(?! (?:off|short|out|some|shaving|laughing|a slice|a piece))"
            ),
        )
    )
)
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»|(?<!\w)'[^'\n]*'(?!\w)|(?<!\w)‘[^’\n]*’(?!\w)")
_REPORTED = re.compile(
    r"\b(?:you|he|she|they|people|patients|clients|someone|somebody)"
    r"(?: (?:have|has|had|just|once|also|might|may|sometimes|often|really|always))*"
    r" (?:say|says|said|saying|tell|tells|told|think|thinks|thought|feel|feels|felt|write|wrote|mean|meant)"
    r"(?: (?:to )?(?:me|us|her|him|them|yourself|himself|herself))?(?: that)?[,:]? *(?:like,? *)?$"
)
_IDIOMS = re.compile(
    r"\b(?:die|dying) (?:to (?:know|hear|see|ask|try|meet|tell|get)|of (?:laughter|laughing|shame|embarrassment|"
    r"boredom|curiosity|hunger|thirst|cold|heat)|for a|laughing)\b"
)


def speaks_of_own_risk(text: str) -> bool:
    """Whether the text says, in the first person, that whoever wrote it may harm or kill themselves.

    It looks for a small set of plain English phrases. What stands in quotation marks, what somebody else is said
    to have said, and idioms are passed over. It misses much and proves nothing: it only decides whether to step
    out of role and ask.
    """
    plain = _plain(text)
    return any(not _another_speaks(plain, match) for match in _SIGNS.finditer(plain))


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces, without quotations and idioms."""
    unquoted = _QUOTED.sub(" ", text)
    straight = unquoted.casefold().replace("’", "'").replace("‘", "'")
    return _IDIOMS.sub(" ", " ".join(straight.split()))


def _another_speaks(plain: str, match: re.Match[str]) -> bool:
    return _REPORTED.search(plain[: match.start()]) is not None
