"""Owns what content/press/ means: the room itself, boilerplates each from its day on, fact sheets. Pure.

There is a press room where site.toml names press contacts or a boilerplate, or where a file of content/press/ is no
draft. A release alone makes none: a room without anybody in it helps no journalist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsroom.model import Sheet
from newsroom.settings import Config

HOME = "/press/"
"""The room's permalink."""
KIT = "press/kit.zip"
"""Path of the kit, below the output folder."""


def has_room(config: Config, sheets: Iterable[Sheet]) -> bool:
    """Whether the site has a press room."""
    return bool(config.company.press_contacts or config.company.boilerplate or any(not s.draft for s in sheets))


def is_boilerplate(sheet: Sheet) -> bool:
    """Whether the file is what the company says of itself: `boilerplate.md`, `boilerplate-2024.md`."""
    return sheet.key.startswith("boilerplate")


def is_fact_sheet(sheet: Sheet) -> bool:
    """Whether the file has a page of its own."""
    return sheet.key != "index" and not is_boilerplate(sheet)


def permalink(sheet: Sheet) -> str:
    """Where a sheet is read: what is no page of its own stands in the room."""
    return f"{HOME}{sheet.key}/" if is_fact_sheet(sheet) else HOME


def public(sheets: Iterable[Sheet], day: str, drafts: bool = False) -> tuple[Sheet, ...]:
    """The sheets that may be shown on a day (`2026-11-21`): no drafts, and no boilerplate before its first day."""
    return tuple(sheet for sheet in sheets if not why_not(sheet, day) or (drafts and sheet.draft))


def why_not(sheet: Sheet, day: str) -> str:
    """What keeps a sheet from being public, in words; "" where nothing does."""
    if sheet.draft:
        return "is a draft"
    return "is not published yet" if sheet.since[:10] > day else ""


def room(sheets: Iterable[Sheet]) -> Sheet | None:
    """content/press/index.md."""
    return next((sheet for sheet in sheets if sheet.key == "index"), None)


def boilerplate(sheets: Iterable[Sheet], day: str) -> Sheet | None:
    """What the company said of itself on a day: the newest that began by then; one without `from` began first of all."""
    begun = [sheet for sheet in sheets if is_boilerplate(sheet) and sheet.since[:10] <= day]
    return max(begun, key=lambda sheet: (sheet.since, sheet.key), default=None)


def contacts(config: Config, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Keys of the people whom journalists may ask."""
    index = room(sheets)
    return (index.contacts if index else ()) or config.company.press_contacts
