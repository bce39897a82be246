"""Owns what is a role and no person. Must not know where names come from."""

from __future__ import annotations

import re

ROLE = re.compile(
    r"(the |our |your )?(admin(istrator)?|site admin|team|editors?|editorial( board| staff| team)?|staff( writer)?|"
    r"news ?room|news ?desk|web ?master|press( office| room| desk| release| team)?|marketing( team)?|communications?( team)?|"
    r"comms( team)?|public relations|pr( team)?|media relations|support( team)?|info|news|contact|company|corporate|"
    r"human resources|hr|management|guest( author| post)?|anonymous|unknown|system|bot|"
    r"redaktion|pressestelle|presseabteilung|kommunikation|unternehmenskommunikation|geschäftsführung|"
    r"rédaction|la rédaction|service (de )?presse|redacción|prensa|comunicación)|"
    r"(\S+ ){1,4}(team|department|editorial board|press office|newsroom|marketing|communications|management)",
    re.I,
)
"""Matched against a whole name: Allison Press and Jamie Staff are people."""


def is_role(name: str, *ours: str) -> bool:
    """Whether a name is a role's, or one of `ours` (the company's, the site's), alone or before a role.

    >>> is_role("Marketing-Team"), is_role("Northwind Editorial", "Northwind"), is_role("Allison Press", "Northwind")
    (True, True, False)
    """
    plain = " ".join(re.split(r"[\s_-]+", name.casefold().strip()))
    for mine in filter(None, (" ".join(word.casefold().split()) for word in ours)):
        plain = plain.removeprefix(mine).strip() if plain.startswith(mine + " ") or plain == mine else plain
    return not plain or ROLE.fullmatch(plain) is not None
