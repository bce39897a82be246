"""The style sheet: how it is joined and made small. What a browser makes of it is in tests/browser/test_themes.py."""

import gzip

from newsroom.render import styles, theme

LIMIT = 12_000
"""Bytes over the wire for the look of every page, for a first visit of 30 KB in all."""


def test_the_default_theme_is_light(make_site):
    """One sheet for every page, compressed as a host sends it."""
    sheet = styles.joined(theme.load(make_site().root, "default", {}).styles)

    assert 5_000 < len(gzip.compress(sheet, 9)) < LIMIT


def test_comments_and_spaces_are_left_out():
    """But for those that say `keep`: licences."""
    assert b"/*! MIT */a{b:c d}e f{width:calc(1px + 2px)}" == styles.joined(
        ["/*! MIT */\n/* why */ a { b: c  d; }", "e   f { width: calc(1px + 2px) }"]
    )
