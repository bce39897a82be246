"""Forty generated people: what page, card, calendar, JSON-LD and feeds say of each is one and the same thing.

What is expected is written here from the promise to readers, not from our code: nothing of newsroom/ is asked but the build.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import unquote

import feedparser
import icalendar
import pytest
import recurring_ical_events
import vobject
from bs4 import BeautifulSoup

from newsroom.build import Options, build
from newsroom.errors import text

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
HERE = "https://news.example.com"
MODES = ("public", "obfuscated", "form")
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f"
    "0000000049454e44ae426082"
)

STATES = [
    {},
    {"status": "away", "until": "2027-01-10", "cover": "{deputy}"},
    {"status": "away", "until": "2027-01-10"},
    {"status": "away", "until": "2026-11-01", "cover": "{deputy}"},
    {"status": "{state: moved, on: 2026-06-01, successor: {deputy}, role: '{moved}'}"},
    {"status": "{state: moved, on: 2027-02-01, successor: {deputy}, role: '{moved}'}"},
    {"status": "left", "on": "2026-06-01", "successor": "{deputy}"},
    {"status": "left", "on": "2026-06-01"},
    {"status": "left", "on": "2027-02-01", "successor": "{deputy}"},
    {},
]
FRESH = "within: 3 working days, checked: 2026-11-01"
PROMISES = {
    "fresh": f"{{reads: all, by: [{{key}}], {FRESH}}}",
    "stale": "{reads: all, by: [{key}], within: 3 working days, checked: 2025-01-01}",
    "paused": f"{{reads: all, by: [{{key}}], {FRESH}, paused: 2027-01-05}}",
    "nobody": f"{{reads: all, {FRESH}}}",
    "absent": "",
    "executive": f"{{reads: all, by: [{{key}}, {{deputy}}], {FRESH}}}",
    "alone": f"{{reads: all, by: [{{key}}], {FRESH}}}",
}
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
LANGUAGES = ("[en]", "[de, en]", "[ja]", "[ne, hi]", "[ar]")
CONSENTS = (
    {},
    {"email": False},
    {"phone": "2026-11-01"},
    {"mastodon": False, "github": "2027-06-01"},
    {"until": "2026-11-01"},
    {"photo": False, "quote": False},
    {"bio": "2026-11-01"},
    {"office_hours": False, "email": "2027-01-01"},
    {"matrix": False, "booking": "2026-11-20"},
)
KEEPS = ("", "photo", "name", "initials")
HOURS = (
    "",
    "[{{every: Tuesday, at: '15:00', minutes: 60, from: 2026-01-06, where: 'https://meet.example/{key}'}}]",
    "[{{every: first Monday of the month, at: '02:30', minutes: 45, from: 2026-01-05, except: [2026-12-07], where: 'https://meet.example/{key}'}}]",
    "[{{every: Thursday, at: '09:00', minutes: 30, from: 2026-01-08, until: 2026-12-10, where: 'https://meet.example/{key}'}}]",
)


class Somebody:
    """One of the forty, and what a reader may learn of her."""

    def __init__(self, n):
        first = ("Ba", "De", "Fi", "Go", "Hu", "Ka", "Le", "Mo")[n % 8] + ("rvinq", "lkasq", "ntorq", "mbelq", "dricq")[
            n // 8
        ]
        self.n, self.key, self.short, self.name = n, f"q{n:02}x", first, f"{first} {first[::-1].capitalize()}sted"
        self.deputy = f"q{n // 10 * 10 + 9:02}x"  # an active one
        if self.deputy == self.key:
            self.deputy = f"q{n // 10 * 10:02}x"
        self.written = STATES[n % 10]
        self.promise = list(PROMISES)[(n * 3 + n // 10) % 7]
        self.zone = ZONES[(n + n // 10) % 5]
        self.languages = LANGUAGES[n // 2 % 5]
        self.consent = CONSENTS[(n * 7 + n // 10) % 9]
        self.keep = KEEPS[n // 10] if self.written.get("status") == "left" else ""
        self.office = HOURS[(n + n // 4) % 4].format(key=self.key)
        self.channels = {
            "email": (f"{self.key}@mail.example", f"mailto:{self.key}@mail.example"),
            "phone": (f"+49 30 55{n:02}7700", f"tel:+493055{n:02}7700"),
            "mastodon": (f"@{self.key}@social.example", f"https://social.example/@{self.key}"),
            "github": (f"{self.key}-gh", f"https://github.com/{self.key}-gh"),
            "booking": (f"https://cal.example/{self.key}", f"https://cal.example/{self.key}"),
            "matrix": (f"@{self.key}:chat.example", f"https://matrix.to/#/@{self.key}:chat.example"),
        }

    def source(self):
        """Her file."""
        words = {
            "{key}": self.key,
            "{deputy}": self.deputy,
            "{role}": f"Role of {self.key}",
            "{moved}": f"New role of {self.key}",
        }
        keys = {"name": self.name, "role": "{role}", "photo": f"{self.key}.png", "quote": f"Quoted {self.key} here."}
        keys |= {"timezone": self.zone, "languages": self.languages, "topics": f"[t{self.n % 3}]"}
        keys |= {"answers": PROMISES[self.promise], "office_hours": self.office, "keep": self.keep}
        keys |= {"executive": "true" if self.promise in ("executive", "alone") else "", **self.written}
        for word, meant in words.items():
            keys = {key: value.replace(word, meant) for key, value in keys.items()}
        lines = [f"{key}: {value}" for key, value in keys.items() if value]
        lines += ["contact:", *(f"  {channel}: {json.dumps(value)}" for channel, (value, _) in self.channels.items())]
        if self.consent:
            agreed = ", ".join(f"{key}: {str(value).lower()}" for key, value in self.consent.items())
            lines.append(f"consent: {{{agreed}}}")
        return "---\n" + "\n".join(lines) + f"\n---\nBiography {self.key} in words. More of it.\n"

    @property
    def state(self):
        """Today."""
        if "moved" in (word := self.written.get("status", "active")):
            return "moved" if "2026-06-01" in word else "active"
        since, back = (date.fromisoformat(self.written.get(key, "2026-11-21")) for key in ("on", "until"))
        return "active" if since > TODAY or word == "away" and back <= TODAY else word

    def agreed(self, field):
        """Whether a field may be shown today."""
        said = self.consent.get(field, True)
        ends = [value for value in (said, self.consent.get("until")) if isinstance(value, str)]
        return said is not False and all(TODAY <= date.fromisoformat(end) for end in ends)

    @property
    def ways(self):
        """Channel -> address, of those that may be shown of her."""
        if self.state == "left":
            return {}
        return {channel: href for channel, (_, href) in self.channels.items() if self.agreed(channel)}

    @property
    def shown(self):
        """The name that may be shown."""
        if self.state == "left" and self.keep == "initials":
            return " ".join(f"{word[0]}." for word in self.name.split())
        return self.name

    @property
    def withheld(self):
        """Texts that may be in no byte of the site."""
        yield from (value for channel, (value, _) in self.channels.items() if channel not in self.ways)
        yield from (href.partition(":")[2].lstrip("/") for channel, (_, href) in self.channels.items() if channel not in self.ways)  # fmt: skip
        small = self.state == "left" and self.keep in ("name", "initials")
        if small or not self.agreed("quote"):
            yield f"Quoted {self.key}"
        if small or not self.agreed("bio"):
            yield f"Biography {self.key}"
        if small or not self.agreed("photo"):
            yield f"{self.key}.png"
        if not self.agreed("office_hours"):
            yield f"meet.example/{self.key}"
        if self.shown != self.name:
            yield from (self.name, self.short, self.name.split()[1])

    @property
    def answers(self):
        """Whether a message to her is hers to answer today: somebody may stand in while she pauses."""
        return self.state == "active" and not (self.promise == "paused" and "cover" in self.written)

    @property
    def promises(self):
        """Whether her promise of three days may be told: kept by somebody, still believed, an executive's by a deputy too."""
        deputed = self.promise == "executive" and KNOWN[self.deputy].promise != "paused"
        return (self.promise == "fresh" or deputed) and self.state in ("active", "moved")


PEOPLE = [Somebody(n) for n in range(40)]
KNOWN = {person.key: person for person in PEOPLE}


def files(mode):
    """The sources of the site."""
    contact = f'[contact]\nemail = "{mode}"\n' + 'service = "endpoint"\nendpoint = "https://forms.example/write"\n'
    yield (
        "site.toml",
        f'title = "Forty"\nurl = "{HERE}"\ntimezone = "Europe/Berlin"\n{contact}[company]\nname = "Northwind"\n',
    )
    for topic in range(3):
        yield f"content/topics/t{topic}.md", f"---\nname: Topic {topic}\n---\nWords.\n"
    for person in PEOPLE:
        others = f", q{(person.n + 7) % 40:02}x" if person.n % 3 == 0 else ""
        yield f"content/people/{person.key}.md", person.source()
        yield f"content/people/{person.key}.png", PICTURE + person.key.encode()
        yield (
            f"content/posts/post-{person.n}.md",
            f"---\ntitle: Post {person.n}\nauthors: [{person.key}{others}]\ndate: 2026-10-{person.n % 28 + 1:02}\n"
            f"topics: [t{person.n % 3}]\nkind: {('post', 'release', 'statement', 'answer')[person.n % 4]}\n---\nWords.\n",
        )


class Built:
    """The site's bytes, and how others read them."""

    def __init__(self, root, mode):
        self.mode, self.public, self.soups = mode, root / "public", {}
        self.bytes = {
            file.relative_to(self.public).as_posix(): file.read_bytes()
            for file in self.public.rglob("*")
            if file.is_file()
        }
        self.readable = {
            path: unquote(unescape(raw.decode("utf-8", "replace"))).replace("\r\n ", "").replace("\\u0040", "@")
            for path, raw in self.bytes.items()
            if not path.startswith("assets/")
        }
        self.whole = "\0".join(self.readable.values())

    def soup(self, path):
        if path not in self.soups:
            self.soups[path] = BeautifulSoup(self.bytes[path], "html.parser")
        return self.soups[path]

    def page(self, person):
        return self.soup(f"people/{person.key}/index.html")

    def facts(self, person):
        """(ProfilePage, its Person)."""
        graph = json.loads(self.page(person).find("script", type="application/ld+json").string)["@graph"]
        profile = next(thing for thing in graph if thing["@type"] == "ProfilePage")
        return profile, profile["mainEntity"]

    def cards(self, person):
        """Both versions, as an address book reads them."""
        for name in (f"{person.key}.vcf", f"{person.key}.v4.vcf"):
            yield vobject.readOne(self.bytes[f"people/{person.key}/{name}"].decode())

    def block(self, page):
        """Addresses of the ways that a page offers beside its form, as a reader follows them."""
        acts = page.select_one("#contact").select(".acts a[href]") if page.select_one("#contact") else ()
        return {way["href"].partition("?")[0] for way in acts} - {"#write"}

    def holds(self, words):
        """Outputs in which somebody can read the words."""
        if words not in self.whole:
            return []
        return [path for path, readable in self.readable.items() if words in readable]


@pytest.fixture(scope="module", params=MODES)
def site(request, tmp_path_factory):
    """The forty, built in each mode."""
    root = tmp_path_factory.mktemp(request.param)
    for path, words in files(request.param):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(words if isinstance(words, bytes) else words.encode())
    report = build(root, Options(moment=NOW))
    assert [] == [text(problem) for problem in report.problems if problem.severity == "error"]
    return Built(root, request.param)


def everybody(site, wrong):
    """What is wrong with each of the forty."""
    return [f"{p.key} ({p.state} {p.keep} {p.promise} {p.consent}): {said}" for p in PEOPLE for said in wrong(site, p)]


def test_the_forty_are_of_every_kind():
    """Every state, promise, zone, language and consent, and every pair of a departure and what is kept."""
    assert {"active", "away", "moved", "left"} == {person.state for person in PEOPLE}
    assert set(PROMISES) == {person.promise for person in PEOPLE}
    assert set(ZONES) == {person.zone for person in PEOPLE} and set(LANGUAGES) == {p.languages for p in PEOPLE}
    assert len(CONSENTS) == len({str(person.consent) for person in PEOPLE})
    assert set(KEEPS) == {person.keep for person in PEOPLE if person.state == "left"}
    assert {"fresh", "executive"} == {person.promise for person in PEOPLE if person.promises}


def test_names_and_roles_are_the_same_everywhere(site):
    """On the page, in both cards, in JSON-LD, in the feeds of who wrote with her."""

    def wrong(site, person):
        page, (_, me) = site.page(person), site.facts(person)
        names = {page.h1.get_text(), me["name"], *(card.fn.value for card in site.cards(person))}
        if names != {person.shown}:
            yield f"names {names}"
        role = page.select_one(".p-job-title")
        roles = {role.get_text() if role else "", me.get("jobTitle", "")}
        roles |= {card.title.value for card in site.cards(person) if hasattr(card, "title")}
        if len(roles) != 1:
            yield f"roles {roles}"
        if person.state == "moved" and roles != {f"New role of {person.key}"}:
            yield f"moved on, and is still {roles}"
        if ("worksFor" in me) != (person.state != "left"):
            yield "worksFor"

    assert [] == everybody(site, wrong)


def test_channels_are_the_same_everywhere(site):
    """Cards and JSON-LD have those that she agreed to; the page has those of whoever answers, and hers are among them."""

    def wrong(site, person):
        page, (_, me) = site.page(person), site.facts(person)
        public = {href for channel, href in person.ways.items() if channel != "email" or site.mode == "public"}
        for card in site.cards(person):
            found = set()
            for name, prefix in (
                ("email", "mailto:"),
                ("tel", "tel:"),
                ("url", ""),
                ("socialprofile", ""),
                ("x-socialprofile", ""),
            ):
                for line in card.contents.get(name, ()):
                    found.add(line.value if line.value.startswith(prefix) else prefix + line.value)
            if found - {f"{HERE}/people/{person.key}/"} != public:
                yield f"card {card.version.value} {found}"
        mine = {person.ways[name] for name in ("mastodon", "github") if name in person.ways}
        claimed = {tag["href"] for tag in page.select("[rel~=me]")}
        if not mine == set(me.get("sameAs", ())) == claimed:
            yield f"profiles {mine} {me.get('sameAs')} {claimed}"
        offered = site.block(page)
        everything = {href for other in PEOPLE for href in other.ways.values()}
        if not offered <= everything:
            yield f"offers {offered - everything}"
        if person.answers and offered != {h for c, h in person.ways.items() if c != "email" or site.mode != "form"}:
            yield f"page {offered}"
        point = me.get("contactPoint", {})
        expected = [
            person.channels[name][0] if site.mode == "public" and name in person.ways else None
            for name in ("email", "phone")
        ]
        if point and [point.get("email"), point.get("telephone")] != expected:
            yield f"contactPoint {point}"
        if person.answers and person.ways and not point:
            yield "no contactPoint"

    assert [] == everybody(site, wrong)


def test_what_was_not_agreed_to_is_in_no_byte(site):
    """Refused, run out, or taken along: no output of any kind has it, however it is spelled."""

    def wrong(site, person):
        for words in person.withheld:
            if found := site.holds(words):
                yield f'"{words}" in {found[:4]}'
            if found := [path for path in site.bytes if words in path]:
                yield f"{found} is there"

    assert [] == everybody(site, wrong)


def test_an_address_stands_exactly_where_the_mode_allows(site):
    """Public: open. Obfuscated: not in the bytes, but in the page that a reader sees. Form: nowhere."""

    def wrong(site, person):
        address = person.channels["email"][0]
        plain = [path for path, raw in site.bytes.items() if address.encode() in raw]
        if bool(plain) != (site.mode == "public" and "email" in person.ways):
            yield f"{address} in {plain}"
        if site.mode == "form" and site.holds(address):
            yield f"{address} spelled in {site.holds(address)}"
        if site.mode == "obfuscated" and "email" in person.ways and person.answers:
            if f"people/{person.key}/index.html" not in site.holds(address):
                yield f"{address} is not on her page"

    assert [] == everybody(site, wrong)


def test_next_dates_are_those_of_the_calendar(site):
    """As a calendar program counts them, in her zone; none where she did not agree, has left, or is away."""

    def wrong(site, person):
        path, page = f"people/{person.key}/office-hours.ics", site.page(person)
        shown = [datetime.fromisoformat(tag["datetime"]) for tag in page.select(".next time")]
        hers = person.office and person.agreed("office_hours") and person.state != "left"
        if path not in site.bytes:
            if hers or shown:
                yield "no calendar"
            return
        calendar = icalendar.Calendar.from_ical(site.bytes[path])
        ahead = recurring_ical_events.of(calendar).between(NOW, NOW + timedelta(days=400))
        starts = sorted(event.start for event in ahead if event.end > NOW)
        if not hers:
            if starts or shown:
                yield f"met by nobody at {starts[:3]}"
            return
        if shown != starts[: len(shown)] or len(shown) != min(3, len(starts)):
            yield f"page {shown}, calendar {starts[:3]}"
        clock = {"T": "15:00", "f": "02:30", "h": "09:00"}["T" if "Tuesday" in person.office else "f" if "first" in person.office else "h"]  # fmt: skip
        if any(f"{start:%H:%M}" != clock for start in starts):
            yield f"{clock} moved: {starts}"
        if person.state == "away" and starts and starts[0].date() < date(2027, 1, 10):
            yield "met while away"

    assert [] == everybody(site, wrong)
    assert 10 < sum(bool(site.page(person).select(".next time")) for person in PEOPLE)


def test_nobody_who_left_is_offered(site):
    """No page, feed, card or rule sends a reader to somebody who is gone; the byline stays."""
    gone = [person for person in PEOPLE if person.state == "left"]
    talks = {path: site.soup(path) for path in site.bytes if path.endswith("index.html")}
    for path, page in talks.items():
        block = page.select_one("#contact")
        heading = block.h2.get_text() if block and block.h2 else ""
        faces = {img["src"] for img in block.select(".faces img")} if block else set()
        for person in gone:
            assert person.short not in heading and person.shown not in heading, path
            assert not [src for src in faces if person.key in src], path
        assert not page.select('[name="fediverse:creator"]') or not [
            p for p in gone if p.key in page.select_one('[name="fediverse:creator"]')["content"]
        ]
    for person in gone:
        _, me = site.facts(person)
        assert not me.keys() & {"contactPoint", "sameAs", "worksFor"}
        assert f"acct:{person.key}@" not in site.bytes["_redirects"].decode()
        post = site.soup(f"2026/post-{person.n}/index.html")
        assert person.shown in [a.get_text() for a in post.select(".byline a")]


def test_a_promise_is_told_only_where_it_is_kept(site):
    """Three working days: on her page and her post, or nowhere. Never stale, paused, refused, without a deputy, by nobody."""

    def wrong(site, person):
        page = site.page(person)
        said = " ".join(tag.get_text() for tag in page.select("#contact .promise"))
        told = re.search(r"three working days", said) is not None
        hers = f"Talk to {person.short}" == page.select_one("#contact h2").get_text()
        if hers and told != (person.promises and bool(site.block(page) or page.select("#write"))):
            yield f"{told}: {said}"
        if person.answers and not hers:
            yield f"somebody else is offered: {page.select_one('#contact h2').get_text()}"
        if person.promise in ("stale", "absent", "nobody") and hers and re.search(r"usually|within", said):
            yield f"promises more than anybody confirmed: {said}"
        post = site.soup(f"2026/post-{person.n}/index.html")
        if len(post.select(".byline a")) == 1 and hers:
            again = " ".join(tag.get_text() for tag in post.select("#contact .promise"))
            if said != again:
                yield f"page: {said} / post: {again}"

    assert [] == everybody(site, wrong)


def test_feeds_name_the_same_people_and_tell_of_departures(site):
    """Her three feeds are there whatever became of her; each entry is by those who signed it."""

    def wrong(site, person):
        folder = f"people/{person.key}"
        rss, atom = (feedparser.parse(site.bytes[f"{folder}/{name}"]) for name in ("feed.xml", "atom.xml"))
        feed = json.loads(site.bytes[f"{folder}/feed.json"])
        if len({len(rss.entries), len(atom.entries), len(feed["items"])}) != 1:
            yield "the three differ"
        for parsed in (rss, atom):
            if parsed.bozo:
                yield f"{parsed.bozo_exception}"
            for entry in parsed.entries:
                if f"/2026/post-{person.n}/" in entry.link:
                    authors = [author.get("name", "") for author in entry.get("authors", ())]
                    if not any(person.shown in name for name in authors):
                        yield f"{authors}"
        told = [item for item in feed["items"] if "/2026/post-" not in item.get("url", "")]
        if (person.state == "left") != bool(told):
            yield f"hand-over {told}"
        if (person.state == "left") != bool(feed.get("expired")):
            yield "expired"
        avatars = {author.get("avatar") for item in feed["items"] for author in item.get("authors", ()) if author.get("name") == person.shown}  # fmt: skip
        photo = person.agreed("photo") and not (person.state == "left" and person.keep in ("name", "initials"))
        if any(bool(avatar) != photo for avatar in avatars):
            yield f"avatar {avatars}"

    assert [] == everybody(site, wrong)
