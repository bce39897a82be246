"""Nothing unpublished is in public/, and what is put there by hand is found: generated sites with unpublished items of every sort.

`NEWSROOM_LAWS=thorough` tries 200 sites. The oracle is written here: words that no public text has, looked for as bytes.
"""

import base64
import gzip
import hashlib
import io
import json
import os
import random
import struct
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.build import Options, build
from newsroom.check.rules import RULES
from newsroom.commands.leaks import leaks
from newsroom.commands.reports import FORMATS
from newsroom.errors import text
from newsroom.model import NOTHING, Output
from newsroom.render.outputs import FILES, Kind

SITES = 200 if os.environ.get("NEWSROOM_LAWS") == "thorough" else 5
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
STATES = ("draft", "scheduled", "embargoed", "expired", "retracted", "published", "published")
KINDS = {
    "post": "",
    "release": "kind: release\ndateline: {few}\nfacts: [{said}]\nquotes: [{{by: maya, text: {said2}, signed_off: 2026-01-01}}]\n",
    "statement": "kind: statement\nknown: [{said}]\nunknown: [{said2}]\nnext_update: 2030-01-01\n",
    "answer": "kind: answer\nquestion: {said}\nasked_by: {few}\nled_to: [{said2}]\n",
}


def picture(said: bytes) -> bytes:
    """A PNG that is like no other."""
    head = struct.pack(">IIBBBBB", 200, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + random.Random(said).randbytes(600))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


class Writer:
    """Writes a random site. `secret` are words that stand in nothing public."""

    def __init__(self, seed: int):
        self.chance, self.number, self.secret = random.Random(seed), 0, []
        self.files: dict[str, str | bytes] = {}
        self.moment = NOW + timedelta(hours=self.chance.randrange(-4000, 4000))
        self.titles: list[tuple[str, str]] = []
        """(title, path) of what nobody may see."""

    def word(self, hidden: bool) -> str:
        """A word that nothing else has."""
        self.number += 1
        n, made = self.number * 7919, "q"
        while n:
            n, part = divmod(n, len(SYLLABLES))
            made += SYLLABLES[part]
        if hidden:
            self.secret.append(made)
        return made

    def words(self, count: int, hidden: bool) -> str:
        return " ".join(self.word(hidden) for _ in range(count)).capitalize()

    def day(self, days: float) -> str:
        return (self.moment + timedelta(days=days)).strftime("%Y-%m-%d %H:%M +00:00")

    def person(self, key: str) -> None:
        refuses = [part for part in ("photo", "quote", "bio", "email") if self.chance.random() < 0.4]
        left = self.chance.random() < 0.3 and key != "maya"
        name = f"{self.word(left).capitalize()} {self.word(left).capitalize()}"
        gone = left or "quote" in refuses
        consent = ", ".join(f"{part}: false" for part in refuses)
        status = "status: left\non: 2020-01-01\nsuccessor: maya\nkeep: initials\n" if left else ""
        email = self.word(left or "email" in refuses)
        self.files[f"content/people/{key}.md"] = (
            f"---\nname: {name}\nrole: Engineer\nphoto: {key}.png\nquote: {self.words(9, gone)}\n{status}"
            f"contact: {{email: {email}@example.com}}\nconsent: {{{consent}}}\n---\n{self.words(12, left or 'bio' in refuses)}.\n"
        )
        self.files[f"content/people/{key}.png"] = picture(self.word(left or "photo" in refuses).encode())

    def post(self, n: int, people: list[str]) -> None:
        state, kind = self.chance.choice(STATES), self.chance.choice(sorted(KINDS))
        hidden, taken_back = state in STATES[:4], state == "retracted"
        when = {
            "draft": f"date: {self.day(-3)}\ndraft: true\n", "scheduled": f"date: {self.day(self.chance.choice([0.01, 1, 300]))}\n",
            "embargoed": f"date: {self.day(-3)}\nembargo: {self.day(self.chance.choice([0.01, 2, 90]))}\n",
            "expired": f"date: {self.day(-30)}\nexpires: {self.day(self.chance.choice([-0.01, -2]))}\n",
        }.get(state, f"date: {self.day(-20 - n)}\n")  # fmt: skip
        title, slug = self.words(3, hidden), self.word(hidden)
        folder = f"content/posts/{slug}"
        silent = hidden or taken_back
        late = self.chance.random() < 0.3 and state == "published"
        corrections = [f"{{date: {self.day(-1)[:10]}, kind: retraction, text: Wrong}}"] if taken_back else []
        corrections += [f"{{date: {self.day(2)[:10]}, text: {self.words(8, True)}}}"] if late else []
        preview = f"preview: {{key: {self.chance.randbytes(16).hex()}, until: {self.day(5)}}}\n"
        by = self.chance.choice(people)
        more = KINDS[kind].format(few=self.words(3, silent), said=self.words(9, silent), said2=self.words(6, silent))
        shared = "All of us said this one sentence in public on that day."
        said = f"{shared} {self.words(20, silent)}. {self.words(9, silent)}.\n\n{self.words(40, silent)}.\n"
        self.files[f"{folder}/index.md"] = (
            f"---\ntitle: {title}\nauthors: [{by}]\ntopics: [lenses]\n{when}{more}"
            f"summary: {self.words(10, silent)}\nimage: {{file: p{n}.png, alt: {self.words(6, silent)}}}\n"
            f"aliases: [/{self.word(hidden)}/]\nid: {self.word(hidden)}\ncorrections: [{', '.join(corrections)}]\n"
            f"{preview if hidden and self.chance.random() < 0.7 else ''}answers_to: [/2020/first/]\n---\n"
            f"{said}\n[first](../first.md), ![{self.words(5, silent)}](p{n}.png), [kit](kit{n}.zip).\n"
        )
        self.files[f"{folder}/p{n}.png"] = picture(self.word(silent).encode())
        self.files[f"{folder}/kit{n}.zip"] = kit(self.words(30, silent))
        if self.chance.random() < 0.5:
            comment = f"- {{id: isso-1, name: Ada, date: {self.day(-1)}, text: {self.words(12, hidden)}}}\n"
            self.files[f"content/comments/c{n}.yaml"] = f"post: {self.id(folder)}\ncomments:\n{comment}"
        if hidden:
            self.titles.append((title, f"{folder}/index.md"))

    def id(self, folder: str) -> str:
        return self.files[f"{folder}/index.md"].partition("\nid: ")[2].partition("\n")[0]

    def site(self) -> dict[str, str | bytes]:
        """All files."""
        people = ["maya", "jonas", "lena"][: self.chance.randrange(2, 4)]
        for key in people:
            self.person(key)
        self.files["content/topics/lenses.md"] = "---\nname: Lenses\npeople: [maya]\n---\nGlass.\n"
        self.files["content/posts/first.md"] = (
            "---\ntitle: The first of all\nauthors: [maya]\ndate: 2020-01-01\nslug: first\ntopics: [lenses]\n---\n"
            "All of us said this one sentence in public on that day.\n"
        )
        for n in range(self.chance.randrange(6, 10)):
            self.post(n, people)
        day = self.day(3)[:10]
        self.files |= {
            "content/pages/draft.md": f"---\ntitle: {self.words(3, True)}\nmenu: true\ndraft: true\n---\n{self.words(20, True)}.\n",
            "content/pages/about.md": f"---\ntitle: About\nmenu: true\n---\n{self.words(20, False)}.\n",
            "content/press/index.md": "---\ntitle: Press\ncontacts: [maya]\n---\nAsk us.\n",
            "content/press/factory.md": f"---\ntitle: {self.words(3, True)}\ndraft: true\n---\n{self.words(20, True)}.\n",
            "content/press/boilerplate.md": f"---\ntitle: Us\n---\n{self.words(20, False)}.\n",
            "content/press/boilerplate-next.md": f"---\ntitle: Us\nfrom: {day}\n---\n{self.words(20, True)}.\n",
            "content/press/stray.png": picture(self.word(True).encode()),
            "site.toml": 'title = "Northwind"\nurl = "https://news.example.com"\n'
            f"[posts]\nper_page = {self.chance.randrange(1, 4)}\n[feeds]\narchive = {self.chance.choice(('true', 'false'))}\n"
            f'content = "{self.chance.choice(("full", "summary"))}"\n[contact]\nemail = "{self.chance.choice(("public", "obfuscated", "form"))}"\n',
        }
        posts = sorted(path.removeprefix("content/posts/") for path in self.files if path.endswith("/index.md"))
        posts = [path for path in posts if path != "content/press/index.md"]
        pinned = ", ".join(f"{{post: {path}}}" for path in self.chance.sample(posts, 3))
        self.files["content/front.md"] = f"---\nlead: {self.chance.choice(posts)}\npinned: [{pinned}]\n---\n"
        return self.files


def kit(said: str) -> bytes:
    """A zip with a text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("notes.txt"), said)
    return made.getvalue()


def told(problems) -> list[str]:
    return [text(problem) for problem in problems]


def spelled(outputs: dict[str, bytes], words: list[str]) -> list[tuple[str, str]]:
    """(path, word) where a word of nothing public stands, in any letter case: an oracle that knows nothing of ours."""
    found = []
    for path, data in outputs.items():
        if not path.startswith("preview/"):
            low = path.lower().encode() + b"\n" + data.lower()
            found += [(path, word) for word in words if word.encode() in low]
    return found


# ── leaks planted by hand ────────────────────────────────────────────────────────────────────────────────────────────


def exif(said: str) -> bytes:
    """A JPEG whose EXIF says something in XPTitle, as Windows writes it: UTF-16."""
    value = said.encode("utf-16-le") + b"\0\0"
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHII", 0x9C9B, 1, len(value), 26) + b"\0\0\0\0" + value
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def pdf(said: str) -> bytes:
    """A PDF whose compressed stream shows a line in pieces, as typesetters do."""
    pieces = "".join(f"({said[n : n + 3]}) -20 " for n in range(0, len(said), 3))
    stream = zlib.compress(f"BT [{pieces}] TJ ET".encode())
    return b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode/Length 9>>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF"


def commented(said: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "Nothing.")
        archive.comment = said.encode()
    return made.getvalue()


def in_png(said: str) -> bytes:
    whole = picture(b"abc")
    body = b"Comment\0\1\0\0\0" + zlib.compress(said.encode())
    return whole[:33] + chunk(b"iTXt", body) + whole[33:]


def folded(said: str) -> bytes:
    line = f"SUMMARY:{said}"
    return (
        "BEGIN:VCALENDAR\r\n" + "\r\n ".join(line[n : n + 11] for n in range(0, len(line), 11)) + "\r\nEND:VCALENDAR"
    ).encode()


PLANTED = {
    "zip member": ("files/kit.zip", lambda said, was: kit(said)),
    "zip in a zip": ("files/outer.zip", lambda said, was: kit_of(kit(said))),
    "zip comment": ("files/comment.zip", lambda said, was: commented(said)),
    "name in a zip": ("files/names.zip", lambda said, was: kit_of(b"-", said.replace(" ", "-") + ".txt")),
    "PNG text": ("files/a.png", lambda said, was: in_png(said)),
    "JPEG EXIF": ("files/a.jpg", lambda said, was: exif(said)),
    "PDF stream": ("files/a.pdf", lambda said, was: pdf(said)),
    "gzip": ("feed.xml.gz", lambda said, was: gzip.compress(said.encode())),
    "base64": ("files/data.txt", lambda said, was: b"x=" + base64.b64encode(said.encode())),
    "UTF-16": ("files/wide.txt", lambda said, was: said.encode("utf-16")),
    "UTF-16 without a mark": ("files/wide.bin", lambda said, was: b"\x01\x02\x03\0" + said.encode("utf-16-be")),
    "folded calendar": ("files/a.ics", lambda said, was: folded(said)),
    "JSON escapes": ("files/index.json", lambda said, was: json.dumps("".join(f"\\u{ord(c):04x}" for c in said)).replace("\\\\", "\\").encode()),
    "entities": ("files/a.html", lambda said, was: "".join(f"&#{ord(c)};" if n % 2 else c for n, c in enumerate(said)).encode()),
    "tags within words": ("files/b.html", lambda said, was: f"<p>{said[:5]}<b>{said[5:7]}</b>{said[7:].replace(' ', ' <i>', 1)}</i>".encode()),
    "an address": ("files/c.html", lambda said, was: ("<a href='https://example.com/?t=" + said.replace(" ", "%20") + "'>").encode()),
    "hexadecimal": ("files/hex.txt", lambda said, was: said.encode().hex().encode()),
    "its name": ("files/{slug}.txt", lambda said, was: b"-"),
    "feed": ("feed.xml", lambda said, was: was.replace(b"</channel>", f"<item><title>{said.upper()}</title></item></channel>".encode())),
    "JSON feed": ("feed.json", lambda said, was: was[:-2] + json.dumps({"x": said}).encode()),
    "sitemap": ("sitemap.xml", lambda said, was: was.replace(b"</urlset>", f"<url><loc>https://x/{said.replace(' ', '-')}/</loc></url></urlset>".encode())),
    "related list": ("posts/index.html", lambda said, was: was.replace(b"</main>", f"<a>{said}</a></main>".encode())),
    "vCard": ("people/maya/maya.vcf", lambda said, was: was.replace(b"END:VCARD", f"NOTE:{said[:9]}\r\n {said[9:]}\r\nEND:VCARD".encode())),
    "count": ("index.html", lambda said, was: was.replace(b"</main>", b"<p>8 posts</p></main>")),
}  # fmt: skip
"""Sort of leak -> (file of public/, what is put there, given words of a title and what stood there)."""


def kit_of(data: bytes, name: str = "inner.zip") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("seed", range(SITES))
def test_a_generated_site_leaks_nothing_and_a_planted_leak_is_found(tmp_path, seed):
    """Unpublished items of every sort, a random moment; then every sort of leak is put into public/ by hand."""
    writer = Writer(seed)
    for path, words in writer.site().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(words if isinstance(words, bytes) else words.encode())
    options, public = Options(moment=writer.moment), tmp_path / "public"

    assert [] == told(build(tmp_path, options).problems)
    outputs = {f.relative_to(public).as_posix(): f.read_bytes() for f in public.rglob("*") if f.is_file()}
    assert [] == spelled(outputs, writer.secret)
    proven = leaks(tmp_path, options)
    assert [] == told(proven.problems)
    assert "nothing of them is there" in proven.summary

    for title, source in writer.titles[:1]:
        planted = plant(public, title, source, writer.files)
        found = [problem for problem in leaks(tmp_path, options).problems if problem.severity == "error"]
        silent = [sort for path, sort in planted.items() if path not in {problem.location.path for problem in found}]
        named = {p.location.path for p in found if p.code == "leak" and source.rpartition("/")[0] in p.message}

        assert [] == silent
        assert {"public/index.html"} == planted.keys() - named


def plant(public: Path, title: str, source: str, files: dict[str, str | bytes]) -> dict[str, str]:
    """Put every sort of leak into public/: path below the root -> its sort."""
    planted = {}
    for sort, (where, make) in PLANTED.items():
        file = public / where.format(slug=title.lower().replace(" ", "-"))
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(make(title, file.read_bytes() if file.exists() else b""))
        planted[f"public/{file.relative_to(public).as_posix()}"] = sort
    folder = source.rpartition("/")[0]
    hidden = next(data for path, data in files.items() if path.startswith(f"{folder}/p"))
    copies = {
        "copied picture": hidden,
        "picture in something else": b"before" + hidden + b"behind",
        "zipped": kit_of(hidden, "x"),
    }
    copies["picture in base64"] = b"data:image/png;base64," + base64.encodebytes(hidden)
    if key := files[source].partition("preview: {key: ")[2].partition(",")[0]:
        copies["key of a preview"] = f"See /preview/{key}/".encode()
    for n, (sort, data) in enumerate(copies.items()):
        (public / f"files/copy{n}").write_bytes(data)
        planted[f"public/files/copy{n}"] = sort
    return planted


# ── what each find says ──────────────────────────────────────────────────────────────────────────────────────────────

SMALL = {
    "content/people/maya.md": "---\nname: Maya Okafor\n---\nBio\n",
    "content/posts/open.md": "---\ntitle: Open house\nauthors: [maya]\ndate: 2026-11-02\n---\nCome and see us. [kit](kit.zip)\n",
    "content/posts/kit.zip": kit("Nothing to see."),
    "content/posts/orion.md": "---\ntitle: Quiet launch of Orion\nauthors: [maya]\ndate: 2026-11-02\nembargo: 2026-12-01\n---\nOn Tuesday.\n",
}


SECRET = random.Random(7).randbytes(600)


def of(site) -> list[tuple[str, str, int]]:
    """(code, path, line) of each find."""
    found = leaks(site.root, Options(moment=NOW)).problems
    return [(problem.code, problem.location.path, problem.location.line) for problem in found]


def built(make_site, files: dict = {}):
    site = make_site({**SMALL, **files})
    assert () == site.build(moment=NOW).problems
    return site


def test_a_find_names_file_line_source_state_and_the_next_step(make_site):
    """It does not quote what leaked, in whatever form CI prints it: the place is enough to find it."""
    site = built(make_site)
    page = site.read("index.html")
    (site.root / "public" / "index.html").write_text(
        page.replace("<main", "\n<!-- quiet LAUNCH of&nbsp;Orion -->\n<main")
    )
    (found,) = leaks(site.root, Options(moment=NOW)).problems

    assert ("leak", "public/index.html", page.partition("<main")[0].count("\n") + 2) == (
        found.code,
        *found.location[:2],
    )
    assert "tells the title of content/posts/orion.md, which is under embargo" == found.message
    assert "run newsroom build" in found.hint
    reports = [text(found), *(FORMATS[form]([found], RULES, "") for form in ("github", "sarif"))]
    assert not [report for report in reports if "quiet" in report.lower()]


def test_an_attachment_of_a_published_post_is_looked_into(make_site):
    """The build copies what a writer attached, and cannot know that it is next week's."""
    site = built(make_site, {"content/posts/kit.zip": kit("Draft: Quiet launch of Orion, not before Tuesday.")})
    (found,) = leaks(site.root, Options(moment=NOW)).problems

    assert ("leak", "public/2026/open/kit.zip") == (found.code, found.location.path)
    assert "notes.txt" in found.message
    assert "content/posts/open.md shows content/posts/kit.zip" in found.hint


def test_words_that_are_public_are_no_leak(make_site):
    """A headline that another post quotes is known already."""
    quoting = "---\ntitle: Soon\nauthors: [maya]\ndate: 2026-11-03\n---\nYou ask about the “Quiet launch of Orion”.\n"
    site = built(make_site, {"content/posts/soon.md": quoting})
    site.write("public/notes.txt", "Quiet launch of Orion")

    assert [("stray-output", "public/notes.txt", 0)] == of(site)


LONG = " ".join(f"{n} of our lamps burned through the night of the flood," for n in range(1, 40))
"""Plain words: they stand in a file as they stand in whatever is made of it."""


def test_words_that_are_public_are_no_leak_in_what_is_packed_either(make_site):
    """A draft of what is public already shares long pieces with its search index, and with a zip beside it."""
    public = f"---\ntitle: Lamps\nauthors: [maya]\ndate: 2026-11-03\n---\n{LONG}\n[notes](notes.zip)\n"
    draft = f"---\ntitle: Lamps\nauthors: [maya]\ndraft: true\n---\n{LONG}\n"
    files = {"content/posts/lamps.md": public, "content/posts/again.md": draft, "content/posts/notes.zip": kit(LONG)}
    site = make_site({**SMALL, **files}, search={"engine": "pagefind"})
    site.build(moment=NOW)
    assert any(path.endswith(".pf_fragment") for path in site.outputs())

    assert [] == of(site)
    site.write("public/2026/lamps/notes.zip", kit(draft))
    assert "holds the file content/posts/again.md" in leaks(site.root, Options(moment=NOW)).problems[0].message
    site.edit("content/posts/again.md", "burned through", "went out in")
    site.write("public/2026/lamps/notes.zip", kit(LONG.replace("burned through", "went out in")))
    assert ("leak", "public/2026/lamps/notes.zip", 0) in of(site)


@pytest.mark.parametrize("name", ["sha256", "sha384", "sha512", "blake2b"])
def test_a_checksum_is_found_as_digits_and_as_pages_write_it(make_site, name):
    """RFC 6920 and Subresource Integrity: base64, of both alphabets."""
    made = hashlib.new(name, SECRET).digest()
    kinds = [made.hex(), base64.b64encode(made).decode(), base64.urlsafe_b64encode(made).decode().rstrip("=")]
    site = built(make_site, {"content/posts/orion.bin": SECRET})
    for n, written in enumerate(kinds):
        site.write(f"public/sums{n}.txt", f"{name}-{written}\n")

    assert [("leak", f"public/sums{n}.txt", 1) for n in range(3)] == of(site)


def test_the_address_of_a_fact_sheet_to_come_is_found(make_site):
    """A link to it tells that there will be one."""
    site = built(make_site, {"content/press/insolvency.md": "---\ntitle: Facts\ndraft: true\n---\nNone yet.\n"})
    site.write("public/notes.txt", "See /press/insolvency/ on Monday.")

    assert [("leak", "public/notes.txt", 1)] == of(site)


def test_files_for_the_host_of_the_pages_are_no_strays(make_site):
    """They are put there at every upload; what they say is looked at all the same."""
    site = built(make_site)
    site.write("public/.nojekyll", b"")
    site.write("public/CNAME", "news.example.com\n")
    assert [] == of(site)

    site.write("public/CNAME", "quiet-launch-of-orion.example.com\n")
    assert [("leak", "public/CNAME", 1)] == of(site)


def test_a_folder_that_was_built_with_drafts_is_not_for_readers(make_site):
    """What shows a draft is found on every page that does, and in every feed."""
    site = make_site(
        SMALL
        | {"content/posts/orion.md": SMALL["content/posts/orion.md"].replace("embargo: 2026-12-01", "draft: true")}
    )
    assert () == site.build(moment=NOW, drafts=True).problems
    found = {path for code, path, _ in of(site) if code == "leak"}

    assert {"public/2026/orion/index.html", "public/index.html", "public/feed.xml", "public/feed.json", "public/sitemap.xml",
            "public/people/maya/index.html"} <= found  # fmt: skip


def test_what_expired_since_the_last_build_is_found(make_site):
    """Nobody edited anything: the hour has come, and public/ still has it."""
    passing = "---\ntitle: Tickets until this very noon\nauthors: [maya]\ndate: 2026-11-02\nexpires: 2026-11-21 11:00\n---\nGo.\n"
    site = make_site({**SMALL, "content/posts/passing.md": passing})
    assert () == site.build(moment=NOW - timedelta(hours=2)).problems

    assert ("leak", "public/2026/passing/index.html", 7) in of(site)


def test_a_file_that_is_not_as_it_is_made_now_proves_nothing(make_site):
    """A count that somebody changed, a file that is missing, a setting that was edited."""
    site = built(make_site)
    site.edit("public/archive/index.html", "</main>", "<p>3 posts</p></main>")
    site.remove("public/robots.txt")

    assert [("stale-output", "public/archive/index.html", 0), ("stale-output", "public/robots.txt", 0)] == of(site)
    assert leaks(site.root, Options(moment=NOW)).summary == ""


def test_a_renderer_that_knows_of_what_is_unpublished_is_caught(make_site, monkeypatch):
    """Our own mistake: a number in which a held post counts, and a file that is there only because of it."""
    counting = Kind(
        lambda site: [Output("count.txt", "count", "", NOTHING)], lambda output, site, tools: str(site.held).encode()
    )
    betraying = Kind(
        lambda site: [Output("wait.txt", "wait", "", NOTHING)] if site.held else [], lambda output, site, tools: b"."
    )
    monkeypatch.setitem(FILES, "count", counting)
    monkeypatch.setitem(FILES, "wait", betraying)
    found = leaks(built(make_site).root, Options(moment=NOW)).problems

    assert [("leak", "public/count.txt"), ("leak", "public/wait.txt")] == [(p.code, p.location.path) for p in found]
    assert all("a bug of newsroom" in problem.hint for problem in found)


def test_what_cannot_be_opened_is_told_and_fails_nothing(make_site):
    """An encrypted file may hold anything: a person has to know that nobody looked."""
    site = built(make_site)
    site.write("public/plan.pdf", b"%PDF-1.7 /Encrypt 3 0 R")
    found = leaks(site.root, Options(moment=NOW)).problems

    assert {"sealed": "warning", "stray-output": "warning"} == {problem.code: problem.severity for problem in found}


def test_without_a_built_folder_there_is_nothing_to_prove(make_site):
    """It says to build first."""
    assert [("stale-output", "public/", 0)] == of(make_site(SMALL))


@pytest.mark.parametrize("name", ["2026/Quiet-Launch-of-Orion/", "quiet%20launch%20of%20orion.txt"])
def test_names_are_looked_at_too(make_site, name):
    """A folder without a file is a name that a server may list."""
    site = built(make_site)
    if name.endswith("/"):
        (site.root / "public" / name).mkdir(parents=True)
    else:
        site.write(f"public/{name}", b"")

    assert ("leak", f"public/{name}", 0) in of(site)


def test_nothing_is_written(make_site):
    """Not into public/, not into the content."""
    site = built(make_site)
    before = {path: path.stat().st_mtime_ns for path in site.root.rglob("*") if ".newsroom" not in path.parts}
    leaks(site.root, Options(moment=NOW))

    assert before == {path: path.stat().st_mtime_ns for path in site.root.rglob("*") if ".newsroom" not in path.parts}


def test_a_boilerplate_of_a_later_day_opens_no_press_room(make_site):
    """A link to a room that nobody can enter yet tells that there will be one."""
    site = built(
        make_site, {"content/press/boilerplate.md": "---\ntitle: Us\nfrom: 2027-03-01\n---\nWe make lenses.\n"}
    )

    assert "/press/" not in site.read("index.html")
    assert [] == of(site)
