"""Every row of CHANNELS: good values lead somewhere, bad ones get a hint, nothing dangerous becomes a link."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.channels import CALLED, CHANNELS, about, action, check, mailto
from newsroom.views import Face

MAYA = Face("maya", "Maya Okafor", "Maya", "", "", "", None, "", "", "active", "MO", 0, "0" * 32)
BLOB = "https://signal.me/#eu/" + "a" * 64

NORMALISED = [
    ("phone", "+49 (0)30 123-4567", "tel:+49301234567", "+49 (0)30 123-4567"),
    ("booking", "https://cal.example/maya/", "https://cal.example/maya/", "cal.example/maya"),
    ("mastodon", "maya@Social.Example", "https://social.example/@maya", "@maya@social.example"),
    ("mastodon", "https://social.example/@maya", "https://social.example/@maya", "@maya@social.example"),
    ("bluesky", "https://bsky.app/profile/maya.example", "https://bsky.app/profile/maya.example", "@maya.example"),
    ("linkedin", "https://de.linkedin.com/in/m-o/?x=y", "https://www.linkedin.com/in/m-o/", "linkedin.com/in/m-o"),
    ("github", "@maya-o", "https://github.com/maya-o", "@maya-o"),
    ("github", "https://github.com/maya-o/", "https://github.com/maya-o", "@maya-o"),
    ("x", "https://twitter.com/maya_o", "https://x.com/maya_o", "@maya_o"),
    ("threads", "https://www.threads.net/@maya.o", "https://www.threads.com/@maya.o", "@maya.o"),
    ("instagram", "instagram.com/maya.o/?igsh=1", "https://www.instagram.com/maya.o/", "@maya.o"),
    ("youtube", "https://www.youtube.com/@mayao", "https://www.youtube.com/@mayao", "@mayao"),
    ("whatsapp", "https://wa.me/4915112345678", "https://wa.me/4915112345678", "+4915112345678"),
    ("signal", "+49 151 1234567", "https://signal.me/#p/+491511234567", "+49 151 1234567"),
    ("signal", BLOB, BLOB, BLOB),
    ("telegram", "t.me/maya_o", "https://t.me/maya_o", "@maya_o"),
    ("matrix", "https://matrix.to/#/@maya:example.com", "https://matrix.to/#/@maya:example.com", "@maya:example.com"),
    ("website", "https://maya.example/about", "https://maya.example/about", "maya.example/about"),
    ("orcid", "https://orcid.org/0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
    ("in_person", " Room 4, on Mondays ", "", "Room 4, on Mondays"),
]  # fmt: skip

REFUSED = [
    ("email", "maya", "maya@example.com"),
    ("email", "maya@localhost", "maya@example.com"),
    ("email", "a@example.com, b@example.com", "maya@example.com"),
    ("email", "a@b@example.com", "maya@example.com"),
    ("email", "maya@example.com?bcc=x@example.org", "maya@example.com"),
    ("email", "maya..o@example.com", "maya@example.com"),
    ("email", "Maya <maya@example.com>", "maya@example.com"),
    ("email", "maya@example.com\nBcc: x@example.org", "maya@example.com"),
    ("email", "noreply@example.com", "able to answer"),
    ("email", "No-Reply@example.com", "able to answer"),
    ("email", "do_not.reply+news@example.com", "able to answer"),
    ("email", "a" * 65 + "@example.com", "too long"),
    ("phone", "030 1234567", "country code"),
    ("phone", "+49 30 12345678901234", "7 to 15 digits"),
    ("booking", "javascript:alert(1)", "https://cal.example/maya"),
    ("booking", "data:text/html,x", "https://cal.example/maya"),
    ("booking", "//cal.example/maya", "https://cal.example/maya"),
    ("booking", "https://maya:secret@cal.example/", "user name and password"),
    ("website", "https://maya.example/\"onclick=", "https://maya.example/"),
    ("website", "https://maya.example/a b", "https://maya.example/"),
    ("website", "https://maya.example:99999/", "broken"),
    ("website", "https:///about", "broken"),
    ("mastodon", "@maya", "@maya@social.example"),
    ("mastodon", "http://social.example/@maya", "@maya@social.example"),
    ("bluesky", "maya", "@maya.example.com"),
    ("github", "-maya", "maya-okafor"),
    ("github", "https://gitlab.com/maya", "maya-okafor"),
    ("github", "https://evil.example/github.com/maya", "maya-okafor"),
    ("x", "a_name_that_is_too_long", "@maya_okafor"),
    ("telegram", "abc", "@maya_okafor"),
    ("matrix", "@maya@example.com", "@maya:example.com"),
    ("orcid", "0000-0002-1825-0098", "mistyped"),
    ("whatsapp", "https://wa.me/message/ABC", "+49 151 12345678"),
    ("in_person", "...", "workshop"),
    ("in_person", "<b>here</b>", "workshop"),
]  # fmt: skip


@pytest.mark.parametrize("name", CHANNELS)
def test_every_example_is_good_and_names_the_person_or_the_handle(name):
    """A row's own example passes its check and becomes an action whose words are the person's."""
    row = CHANNELS[name]

    made = action(name, row.example, MAYA, "public")

    assert "" == check(name, row.example)
    assert made is not None and made.channel == name
    assert "Maya" in made.label or made.text in made.label
    assert made.text


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("bad", ["", " ", "\x00", "<script>", "javascript:alert(1)//", "http://"])
def test_every_row_refuses_nonsense_and_shows_a_form_that_is_good(name, bad):
    """Nonsense gets a hint that holds the row's example, and never becomes a link that runs."""
    hint, made = check(name, bad), action(name, bad, MAYA, "public")

    if made is None:
        assert CHANNELS[name].example in hint
    else:
        assert "" == made.href and name == "in_person"


@pytest.mark.parametrize(("name", "value", "href", "text"), NORMALISED)
def test_handles_and_profile_addresses_become_one_link(name, value, href, text):
    """However a person writes her account, the link and the text are the same."""
    made = action(name, value, MAYA, "public")

    assert (href, text) == (made.href, made.text)


@pytest.mark.parametrize(("name", "value", "part"), REFUSED)
def test_a_bad_value_is_refused_with_a_hint_that_shows_the_form(name, value, part):
    """A value that leads nowhere, or somewhere else, is refused and the hint says what to write."""
    assert part in check(name, value)
    assert action(name, value, MAYA, "public") is None


def test_a_number_that_yaml_read_as_a_number_is_told_to_take_quotes():
    """A value that is no text gets a hint, not a traceback."""
    assert "quotes" in check("phone", 493012345)


def test_an_unknown_channel_names_the_closest():
    """A mistyped channel is answered with the channel that was meant."""
    assert 'did you mean "mastodon"?' in check("mastadon", "@maya@social.example")
    assert action("mastadon", "@maya@social.example", MAYA, "public") is None


@pytest.mark.parametrize(
    ("arguments", "link"),
    [
        (("ada+press@example.org",), "mailto:ada+press@example.org"),
        (("ada@example.org", "Re: “Hello & welcome” 100%"),
         "mailto:ada@example.org?subject=Re%3A%20%E2%80%9CHello%20%26%20welcome%E2%80%9D%20100%25"),
        (("ada@example.org", "", "one\ntwo\r\nthree"), "mailto:ada@example.org?body=one%0D%0Atwo%0D%0Athree"),
        (("ada@example.org", "a", "b"), "mailto:ada@example.org?subject=a&body=b"),
        (("gorby%kremvax@example.com",), "mailto:gorby%25kremvax@example.com"),
        (("unlikely?address@example.com",), "mailto:unlikely%3Faddress@example.com"),
        (("mike&family@example.org",), "mailto:mike%26family@example.org"),
        (("user@natto.例え.example",), "mailto:user@natto.xn--r8jz45g.example"),
        (("jürgen@example.org",), "mailto:j%C3%BCrgen@example.org"),
    ],
)  # fmt: skip
def test_mailto_follows_rfc_6068(arguments, link):
    """A letter's link is written as the RFC's own examples are."""
    assert link == mailto(*arguments)


@given(subject=st.text(max_size=80), body=st.text(max_size=200))
def test_mailto_carries_any_words_and_no_other_field(subject, body):
    """Whatever a title holds, the letter has at most a subject and a body, and both come back as written."""
    link = mailto("ada@example.org", subject.encode(errors="replace").decode(), body.encode(errors="replace").decode())
    fields = parse_qs(urlsplit(link).query, strict_parsing=bool(urlsplit(link).query), keep_blank_values=True)

    assert fields.keys() <= {"subject", "body"}
    assert not set(link) & set(' "<>\r\n+')
    if subject:
        assert [subject.encode(errors="replace").decode()] == fields["subject"]


def test_a_letter_is_ready_to_be_written_about_the_post():
    """The letter's subject is what the page asks for, on one line, and its body holds where the post is."""
    plain = action("email", "maya@example.com", MAYA, "public")
    (made,) = about([plain], "Re: A\n title", "https://news.example.com/2026/a/")

    assert "mailto:maya@example.com" == plain.href
    assert made == plain._replace(
        href=mailto("maya@example.com", "Re: A title", "\n\nhttps://news.example.com/2026/a/\n")
    )


def test_what_is_no_letter_is_the_same_about_every_post():
    """The very record, so that a page shows it without making its words again."""
    ways = [action(name, row.example, MAYA, "public") for name, row in CHANNELS.items() if name != "email"]

    assert [id(way) for way in ways] == [id(way) for way in about(ways, "Re: A", "https://news.example.com/a/")]


@pytest.mark.parametrize(("mode", "shown"), [("public", (False,)), ("obfuscated", (True,)), ("form", None)])
def test_the_sites_setting_decides_how_an_address_stands(mode, shown):
    """With `form` no address is shown at all; with `obfuscated` it is marked for the template."""
    made = action("email", "maya@example.com", MAYA, mode)

    assert shown == (made and (made.hidden,))
    assert action("phone", "+49 30 1234567", MAYA, mode).hidden is False


@pytest.mark.parametrize("name", CHANNELS)
def test_a_profile_is_claimed_only_on_the_persons_own_page(name):
    """`rel="me"` stands on the person's own page and nowhere else."""
    row = CHANNELS[name]
    there, elsewhere = (action(name, row.example, MAYA, "public", own=own) for own in (True, False))

    assert row.me == ("me" in there.rel.split())
    assert "me" not in elsewhere.rel.split()


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_is_documented(name):
    """docs/channels.md has a row with the channel, its title and its example."""
    lines = (Path(__file__).parents[1] / "docs/channels.md").read_text("utf-8").splitlines()
    row = next((line for line in lines if line.startswith(f"| `{name}` |")), "")

    assert CHANNELS[name].example in row
    assert CHANNELS[name].title in row


@given(st.sampled_from(sorted(CHANNELS)), st.text(max_size=60))
def test_whatever_is_written_no_link_runs_a_script(name, value):
    """Every link of every channel begins with a scheme that only leads somewhere."""
    made = action(name, value, MAYA, "public")

    assert made is None or made.href.startswith(("https://", "http://", "tel:+", "mailto:")) or made.href == ""


@pytest.mark.parametrize(
    ("written", "guess"),
    [("twitter", "x"), ("Twitter", "x"), ("e-mail", "email"), ("tel", "phone"), ("calendly", "booking"), ("mastadon", "mastodon")],
)  # fmt: skip
def test_an_unknown_channel_is_told_with_a_guess_and_all_there_are(written, guess):
    """By what people call it, or by how it is spelled."""
    assert check(written, "maya") == f'did you mean "{guess}"? Channels are {", ".join(CHANNELS)}.'


def test_what_people_call_a_channel_is_none_and_means_one():
    """The table of other names leads to rows that there are."""
    assert CALLED.keys().isdisjoint(CHANNELS) and set(CALLED.values()) <= CHANNELS.keys()


def test_an_address_with_a_slash_is_refused():
    """RFC 5321 allows it; in a text nobody could tell it from a path, and so not keep it out of one."""
    assert "give one without it" in check("email", "ute/x@example.com")
