"""Whatever a text is written in, its words are the same."""

import html
import json
import quopri
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.leaks import words


def found(text: str, phrase: str) -> bool:
    """Whether a phrase is found in any reading of a text."""
    sought = words.arranged({phrase: 0})
    return any(list(words.found(run, sought)) for run in words.readings(text))


WRITTEN = {
    "as it is": lambda text: text,
    "capitals": str.upper,
    "lines": lambda text: text.replace(" ", "\r\n  "),
    "HTML": html.escape,
    "HTML in XML": lambda text: html.escape(html.escape(text)),
    "numbers of characters": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    "JSON": lambda text: json.dumps({"a": text}),
    "JSON, with slashes": lambda text: json.dumps(f"<p>{text}</p>").replace("/", "\\/"),
    "JSON, each character": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "an address": quote,
    "tags between words": lambda text: text.replace(" ", " <b class='x'>"),
    "a picture, each word in its place": lambda text: "<tspan>" + text.replace(" ", "</tspan><tspan>") + "</tspan>",
    "a style sheet": lambda text: 'a::before {content: "' + "".join(f"\\{ord(c):06x}" for c in text) + '"}',
    "a style sheet, shorter": lambda text: text.replace("ö", "\\f6 ").replace("ï", "\\ef\n"),
    "a mail": lambda text: quopri.encodestring(text.encode("utf-8")).decode(),
    "a mail in Latin-1": lambda text: quopri.encodestring(text.encode("latin-1")).decode(),
    "a mail, broken within a word": lambda text: text.replace("ff", "f=\r\nf"),
    "a word broken at the end of a line": lambda text: text.replace("ff", "f-\n  f"),
    "tags within words": lambda text: text.replace("a", "<i>a</i>"),
    "a calendar": lambda text: "BEGIN:VEVENT\r\nSUMMARY:" + "\r\n ".join(text),
    "a card": lambda text: "BEGIN:VCARD\nNOTE:" + text.replace(",", "\\,").replace(" ", "\n  "),
    "a file's name": lambda text: text.replace(" ", "_") + ".html",
    "another form of the same letters": lambda text: text.replace("ö", "o\u0308").replace("ï", "i\u0308"),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_title_is_found_however_it_is_written(write):
    """Letter case, markup, escapes, line ends and the forms of Unicode are no way to hide."""
    title = "Die naïve Eröffnung in Köln"
    (phrase,) = words.of_name(title)

    assert found(f"Before; {write(title)}; behind", phrase) or found(write(title), phrase)
    assert not found(f"Before; {write(title.replace('Köln', 'Ulm'))}; behind", phrase)


@given(st.text(), st.text())
def test_any_text_has_readings(one, other):
    """Nothing that somebody puts into public/ stops the search."""
    assert all(isinstance(word, str) for run in words.readings(one + "BEGIN:V" + other) for word in run)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two three four five six seven eight nine.", ["one two three four five six seven eight", "two three four five six seven eight nine"]),
        ("We acquire Meridian Instruments Limited.\nOh.", ["we acquire meridian instruments limited"]),
        ("An example of such a", []),
        ("We are glad.", []),
        ("We sacked the old supplier.", ["we sacked the old supplier"]),
        ("新しい研究所を来年春に開く", [" ".join("新しい研究所を来"), " ".join("しい研究所を来年"), " ".join("い研究所を来年春"), " ".join("研究所を来年春に"),
                            " ".join("究所を来年春に開"), " ".join("所を来年春に開く")]),
    ],
)  # fmt: skip
def test_a_text_is_known_by_every_eight_words_and_by_short_sentences_that_say_something(text, expected):
    """What anybody may write is nobody's secret."""
    assert expected == list(words.of_text(text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Orion", []), ("/2027/orion/", ["2027 orion"]), ("go on", []), ("internationalisation", ["internationalisation"]), ("crack-lens.jpg", ["crack lens jpg"])],
)  # fmt: skip
def test_a_name_is_looked_for_where_it_is_more_than_a_common_word(name, expected):
    """A single short word may stand anywhere."""
    assert expected == list(words.of_name(name))


def test_the_place_of_a_phrase_is_where_it_is_written():
    """Line and column of a message come from it."""
    assert 7 == words.place("Else: \nQuiet <b>launch", "quiet") == words.place("Else: \nQuiet, (launch", "quiet launch")
    assert -1 == words.place("UXVpZXQ=", "quiet launch")
