"""Owns the rule about social cards: what they say can be drawn. Pure functions of the Site and its fonts."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.rule import Checked, Found
from newsroom.errors import Location
from newsroom.fonts import advice, strange, without


def no_font(checked: Checked) -> Iterator[Found]:
    """Find titles and names that no font for cards can draw: the card leaves them out."""
    if not checked.site.config.cards.on:
        return
    said = [(post.title, post.source, "title", post.language) for post in checked.site.posts]
    said += [(person.name, person.source, "name", "") for person in checked.site.people.values()]
    wanting = [each for each in said if strange(each[0])]
    shelf = checked.shelf() if wanting else None
    for text, source, key, language in wanting:
        _, missing = shelf.chosen(text, language)
        if missing:
            script, family, package = advice(missing)
            left = "some signs" if without(text, missing) else f"the {key}"
            some = "".join(sorted(missing)[:5])
            hint = (
                f"put {family} (Debian: {package}) into a folder, and name it in site.toml: [cards] "
                'fonts = ["/usr/share/fonts"]'
            )
            message = f'the social card leaves out {left}: no font draws "{some}" ({script})'
            yield Location(source, pointer=(key,)), message, hint
