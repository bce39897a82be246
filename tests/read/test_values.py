"""What front matter may say: each type of value, its readings and its mistakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom import dates
from newsroom.channels import CHANNELS
from newsroom.providers import PROVIDERS
from newsroom.read import fields, frontmatter, values
from newsroom.read.schema import ONLY, PAGE, PERSON, POST, TOPIC
from newsroom.read.values import Key, Reader, read_keys
from newsroom.settings import KINDS

TABLES = {"post": POST, "person": PERSON, "topic": TOPIC, "page": PAGE}


def reading(type, value, at=("key",)):
    """(what is kept, [(message, hint)]) of a value."""
    reader = Reader("a.md", "Europe/Berlin")
    kept = type(value, at, reader)
    return kept, [(problem.message, problem.hint) for problem in reader.problems]


GOOD = [
    (values.line, "  two \n  words ", "two words"),
    (values.line, "a\u200bb\ufeff\u202e\u00adc", "abc"),
    (values.line, "a\x1b[31m\x00b\x7f\x9bc", "a[31mbc"),
    (values.line, "नमस्\u200dते", "नमस्\u200dते"),
    (values.line, "a\u00a0b", "a b"),
    (values.flag, "true", True),
    (values.flag, "Yes", True),
    (values.flag, "ON", True),
    (values.flag, "false", False),
    (values.flag, "no", False),
    (values.moment, "2026-11-02 09:00", "2026-11-02T09:00:00+01:00"),
    (values.day, "2026-11-02", "2026-11-02"),
    (values.day, "2026-11-02 23:00 -08:00", "2026-11-02"),
    (values.number, "60", 60),
    (values.choice("a", "b"), "A", "a"),
    (values.some(values.line), "one", ("one",)),
    (values.some(values.line), ["one", "two", "one", ""], ("one", "two")),
    (values.some(values.line), [], ()),
    (values.by_name(values.day), {"maya": "2026-11-02", "jonas": ""}, {"maya": "2026-11-02"}),
    (fields.image, "a.jpg", {"file": "a.jpg"}),
    (fields.image, {"file": "a.jpg", "credit": "Jonas"}, {"file": "a.jpg", "credit": "Jonas"}),
    (fields.image, {"file": "a.jpg", "alt": ""}, {"file": "a.jpg", "alt": ""}),
    (fields.within, "2 working days", "2 working days"),
    (fields.comments, "off", {"provider": ""}),
    (fields.comments, "on", {}),
    (fields.comments, {"provider": "isso", "open": "no"}, {"provider": "isso", "open": False}),
    (fields.path, "/blog/old/", "/blog/old/"),
    (fields.slug, "cracked-lens", "cracked-lens"),
    (fields.slug, "привет", "привет"),
    (fields.state, "away", {"state": "away"}),
    (fields.state, {"state": "left", "on": "2026-05-29", "successor": "jonas"}, {"state": "left", "on": "2026-05-29", "successor": "jonas"}),
    (fields.consent, {"photo": "true", "email": "no", "until": "2027-12-31"}, {"photo": True, "email": False, "until": "2027-12-31"}),
]  # fmt: skip


@pytest.mark.parametrize(("type", "value", "kept"), GOOD)
def test_a_value_is_kept_in_one_form(type, value, kept):
    """However it was written, what is kept has one form, and nothing is wrong with it."""
    assert (kept, []) == reading(type, value)


PLACE = ("topics", 1)
BAD = [
    (values.line, ["a"], "key must be one text, not a list or a map", "put it in quotes if it holds : or [ ]"),
    (values.flag, "maybe", 'key must be true or false, not "maybe"', "write true or false"),
    (values.moment, "soon", '"soon" is not a date', 'write it as 2026-11-02, "2026-11-02 09:00" or "2026-11-02 09:00 +01:00"'),
    (values.day, "2026-02-30", '"2026-02-30" is not in the calendar or on the clock', 'write it as 2026-11-02, "2026-11-02 09:00" or "2026-11-02 09:00 +01:00"'),
    (values.number, "0", 'key must be a whole number, not "0"', "write it in digits, as in 60"),
    (values.number, "sixty", 'key must be a whole number, not "sixty"', "write it in digits, as in 60"),
    (values.number, "٣", 'key must be a whole number, not "٣"', "write it in digits, as in 60"),
    (values.choice("post", "release"), "relase", 'unknown key "relase"', 'did you mean "release"? It is one of: post, release.'),
    (values.by_name(values.day), "maya", "key must be a map", "write it as key: {KEY: 2026-11-02}, with the key of a person"),
    (values.by_name(values.line), "maya", "key must be a map", "write it as key: {name: value}"),
    (fields.image, {"alt": "A lens"}, "key has no file", "add file: ..."),
    (fields.image, {"file": "a.jpg", "atl": "A lens"}, 'unknown key "atl"', 'did you mean "alt"? It has these keys: file, alt, credit, caption, focus.'),
    (fields.image, ["a.jpg"], "key must be a map", "write it as {file: ...}"),
    (fields.within, "soon", '"soon" is not a span of time', 'write it as "2 working days", "1 day" or "48 hours"'),
    (fields.comments, "perhaps", 'key must be true or false, not "perhaps"', "write true or false"),
    (fields.comments, {"provider": "iso"}, 'unknown provider "iso"', f'did you mean "isso"? It is one of: {", ".join(PROVIDERS)}.'),
    (fields.path, "blog/old/", 'the path "blog/old/" must begin with /', "write it as /blog/old-address/"),
    (fields.path, "/../x", 'the path "/../x" must not contain ".." or "."', "write it as /blog/old-address/"),
    (fields.slug, "Cracked Lens", 'the slug "Cracked Lens" cannot stand in an address', 'write it as "cracked-lens"'),
    (fields.slug, "..", 'the slug ".." cannot stand in an address', "use letters, digits and hyphens"),
    (fields.state, "gone", 'unknown key "gone"', "It is one of: active, away, moved, left."),
    (fields.state, {"until": "2027-01-01"}, "key has no state", "add state: ..."),
    (fields.consent, {"until": "true"}, '"true" is not a date', dates.WANTED),
    (fields.consent, "yes", "consent must be a map", "write it as consent: {photo: true, email: true, until: 2027-12-31}"),
    (fields.consent, {"foto": "true"}, 'unknown field "foto" in consent', 'did you mean "photo"? Consent is for photo, bio, quote, office_hours, for channels (' + ", ".join(CHANNELS) + "), and until a day."),
]  # fmt: skip


@pytest.mark.parametrize(("type", "value", "message", "hint"), BAD)
def test_a_wrong_value_is_one_message_with_a_next_step(type, value, message, hint):
    """The message names the key and the bad value; the hint says what to write."""
    assert [(message, hint)] == reading(type, value)[1]


def test_the_key_is_named_for_an_item_of_a_list():
    """A writer knows `topics`, not "1"."""
    assert reading(values.line, ["a"], ("topics", 1))[1][0][0] == "topics must be one text, not a list or a map"
    assert reading(values.choice("a"), "b", ("help", 0, "how"))[1][0][0] == 'unknown how "b"'


@pytest.mark.parametrize(
    ("channel", "value", "message"),
    [("twitterr", "@maya", 'unknown channel "twitterr"'), ("email", "maya", '"maya" is not an e-mail address')],
)
def test_a_channel_is_a_row_of_the_table_with_a_value_it_takes(channel, value, message):
    """Which ways there are to reach a person is said in one place."""
    assert reading(fields.channel, value, ("contact", channel))[1][0][0].lower() == message.lower()


trees = st.recursive(st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from([*POST, "file", "by", "how", "text", "date"]), inner, max_size=3), max_leaves=8)  # fmt: skip


@given(st.sampled_from(sorted(TABLES)), st.data())
def test_a_reading_finds_problems_and_never_raises(noun, data):
    """Every key survives every value that YAML can give it: what is kept is plain, what is wrong is a message."""
    table = TABLES[noun]
    values = data.draw(st.dictionaries(st.sampled_from(sorted(table)), trees, max_size=4))
    reader = Reader("a.md", "UTC")
    kept = read_keys(values, table, (), reader)

    assert set(kept) == set(table)
    assert plain(kept)
    assert all(problem.message and problem.hint for problem in reader.problems)
    assert all(problem.location.pointer[0] in values for problem in reader.problems)


def plain(value):
    """Whether marshal could keep it."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(item) for key, item in value.items())
    return all(map(plain, value)) if type(value) is tuple else type(value) in (str, int, bool, type(None))


@pytest.mark.parametrize("noun", TABLES)
def test_a_key_without_a_value_is_a_key_that_is_not_there(noun):
    """`photo:` with nothing behind it, as `newsroom new` writes it, is no mistake and no value."""
    reader = Reader("a.md", "UTC")
    kept = read_keys(dict.fromkeys(TABLES[noun], ""), TABLES[noun], (), reader)

    assert reader.problems == []
    assert kept == {name: key.default for name, key in TABLES[noun].items()}


def test_an_unknown_key_is_told_with_a_guess():
    """A misspelling cannot hide."""
    reader = Reader("a.md", "UTC")
    read_keys({"autors": "maya", "xyzzy": "1"}, POST, (), reader)

    assert [(p.code, p.message, p.hint) for p in reader.problems] == [
        ("unknown-key", 'unknown key "autors"', 'did you mean "authors"? The keys are listed in docs/reference.md.'),
        ("unknown-key", 'unknown key "xyzzy"', "The keys are listed in docs/reference.md."),
    ]


def test_each_reading_has_its_own_values():
    """Defaults are shared by every file: no reading may change them."""
    before = {noun: {name: repr(key.default) for name, key in table.items()} for noun, table in TABLES.items()}
    for table in TABLES.values():
        for value in read_keys({}, table, (), Reader("a.md", "UTC")).values():
            assert not isinstance(value, list | set)

    assert before == {noun: {name: repr(key.default) for name, key in table.items()} for noun, table in TABLES.items()}


def test_every_key_has_a_sentence_and_every_kinds_key_is_a_key():
    """What the documentation says of a key stands beside it."""
    assert all(
        isinstance(key, Key) and key.help.endswith((".", "?")) for table in TABLES.values() for key in table.values()
    )
    assert {name for names in ONLY.values() for name in names} <= set(POST)
    assert set(ONLY) < set(KINDS)


@pytest.mark.parametrize(
    ("keys", "table", "hints"),
    [
        ({"image": "", "file": "a.jpg", "alt": "A lens"}, POST, ["indent it under image:"] * 2),
        ({"signed_off": "", "maya": "2026-11-01"}, POST, ["indent it under signed_off:"]),
        ({"answers": "", "reads": "all"}, PERSON, ["indent it under answers:"]),
        ({"contact": "", "mastodon": "@maya@social.example"}, PERSON, ["indent it under contact:"]),
        ({"image": "", "title": "A", "credit": "Jonas"}, POST, ["The keys are listed in docs/reference.md."]),
        ({"image": "a.jpg", "credit": "Jonas"}, POST, ["The keys are listed in docs/reference.md."]),
        ({"summary": "", "credit": "Jonas"}, POST, ["The keys are listed in docs/reference.md."]),
    ],
)
def test_a_key_of_a_map_that_stands_below_it_unindented_is_told_where_it_belongs(keys, table, hints):
    """Where the map is empty and nothing else stands between; otherwise it is a key that nobody knows."""
    reader = Reader("a.md", "UTC")
    read_keys(keys, table, (), reader)

    assert [problem.hint for problem in reader.problems] == hints


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("title: Lens #3 is out", ["cut-by-hash"]),
        ("title: Lens  #3 is out", ["cut-by-hash"]),
        ("title: Lens # 3 is out", ["cut-by-hash"]),
        ("title: Lens  # a working title", []),
        ("summary:   # one or two sentences", []),
        ('title: "Lens #3 is out"', []),
        ("title: Lens#3", []),
        ("draft: true # take it out", []),
        ("date: 2026-11-02 # a Monday", []),
        ("topics: [lenses] # one", []),
        ("id: 5c1b77f90a3e # identity", []),
        ("image: {file: a.jpg, alt: A} # from Jonas", []),
        ("facts: [a] # one\nquotes:\n  - by: maya # who\n    text: It broke #2", ["cut-by-hash"]),
    ],
)
def test_a_text_that_ends_at_a_hash_sign_is_told(written, codes):
    """Words that YAML takes for a comment are lost; a comment after a date, a list or a flag, or one set off, is meant."""
    reader = Reader("a.md", "UTC")
    read_keys(frontmatter.read(f"---\n{written}\n---\n".encode(), "a.md").values, POST, (), reader)

    assert [problem.code for problem in reader.problems] == codes


@pytest.mark.parametrize(
    ("type", "value", "message"),
    [
        (values.clock, "15:00", ""),
        (values.clock, "25:00", '"25:00" is not a time of day'),
        (values.weekday, "Tuesdays", ""),
        (values.weekday, "Dienstag", ""),
        (values.weekday, "Montag", ""),
        (values.weekday, "tue", ""),
        (values.weekday, "Tuesdey", 'unknown day "Tuesdey"'),
        (values.tag, "pt-BR", ""),
        (values.tag, "english!!", '"english!!" is not a language tag'),
    ],
)
def test_times_days_and_languages_are_what_they_say(type, value, message):
    """A misspelt English day is a mistake; another language's day is none."""
    reader = Reader("a.md", "UTC")
    type(value, ("x",), reader)

    assert [message] * bool(message) == [problem.message for problem in reader.problems]
