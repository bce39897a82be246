"""Owns spans: a length of time as a promise says it. Must not know whose promise it is."""

from __future__ import annotations

import re

SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
"""Written as words; from thirteen on, digits read better."""

_COUNT = rf"(?:\d{{1,3}}|{'|'.join(SMALL[1:])})"
_SPAN = re.compile(
    rf"(?:within )?(?P<count>an?|{_COUNT}(?: ?(?:-|–|to) ?{_COUNT})?) ?"
    r"(?P<working>(?:working|business) )?(?P<unit>minute|hour|day|week|month)s?"
)


def span(text: str) -> str | None:
    """A length of time in words; None when it is not understood.

    >>> span("2 working days"), span("48 hours"), span("1-2 business days"), span("soon")
    ('two working days', '48 hours', 'one to two working days', None)
    """
    match = _SPAN.fullmatch(" ".join(text.lower().split()))
    if match is None or (match["working"] and match["unit"] != "day"):
        return None
    unit = ("working " if match["working"] else "") + match["unit"]
    if match["count"] in ("a", "an"):
        return f"{'an' if unit == 'hour' else 'a'} {unit}"
    counts = [int(n) if n.isdigit() else SMALL.index(n) for n in re.findall(_COUNT, match["count"])]
    if 0 in counts or counts != sorted(set(counts)):
        return None
    said = " to ".join(SMALL[n] if n < len(SMALL) else str(n) for n in counts)
    return f"{said} {unit}{'s' if counts[-1] > 1 else ''}"
