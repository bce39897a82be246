"""Cards as telephones and address books read them, and the QR code as a camera does."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import numpy
import pytest
import vobject
import zxingcpp
from PIL import Image

from newsroom.build import Options, load
from newsroom.desk import Desk
from newsroom.render import card
from newsroom.render.parts import Tools

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def coloured(form: str, colour: str = "red", size: int = 40) -> bytes:
    """A picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (size, size), colour).save(file, form)
    return file.getvalue()


JPEG = coloured("JPEG")
PNG = coloured("PNG")
MAYA = """---
name: Maya Okafor
role: Instrument engineer; lenses, old and new
team: Optics
quote: I trust a drawing.
photo: {photo}
languages: [en, fi]
timezone: Europe/Helsinki
contact:
  email: maya@example.com
  phone: "+49 (0)30 1234567"
  mastodon: "@maya@social.example"
  booking: https://cal.example/maya?a=1,2
  in_person: At the workshop door
{more}---
She mends.
"""


def maya(more: str = "", photo: str = "p.jpg") -> dict[str, str | bytes]:
    return {
        "content/people/maya.md": MAYA.replace("{more}", more).replace("{photo}", photo),
        "content/people/p.jpg": JPEG,
        "content/people/p.png": PNG,
    }


def named(name: str, more: str = "") -> dict[str, str | bytes]:
    return {"content/people/maya.md": f"---\nname: {name}\n{more}---\nShe mends.\n"}


@pytest.fixture
def files(make_site):
    """Name -> bytes of a person's files, without the rest of a build."""

    def made(sources, key="maya", moment=NOW, **settings) -> dict[str, bytes]:
        root = make_site(sources, **{"company": {"name": "Northwind"}} | settings).root
        desk = Desk(root)
        try:
            site, _ = load(desk, Options(moment=moment))
        finally:
            desk.close()
        tools = Tools(site.info, None, None, None, None, raw=lambda path: (root / path).read_bytes())
        outputs = [output for output in card.outputs(site) if output.source == f"content/people/{key}.md"]
        return {output.path.rpartition("/")[2]: card.write(output, site, tools) for output in outputs}

    return made


def read(raw: bytes):
    """A card as vobject has it; it refuses what RFC 2426 does."""
    found = vobject.readOne(raw.decode())
    assert found.validate(raiseException=True)
    return found


def values(found, name: str) -> list[str]:
    return [line.value for line in found.contents.get(name, [])]


def picture(svg: bytes) -> numpy.ndarray:
    """The code as a camera gets it: the path of the SVG, eight pixels a dot."""
    text = svg.decode()
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])
    dots = numpy.full((side, side), 255, numpy.uint8)
    x = y = 0.0
    for command, numbers in re.findall(
        r"([Mmh])(-?[\d.]+(?: ?-?[\d.]+)?)", re.search(r'stroke="#000" d="([^"]+)"', text)[1]
    ):
        parts = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            dots[int(y), int(x) : int(x + parts[0])] = 0
            x += parts[0]
        else:
            x, y = parts if command == "M" else (x + parts[0], y + parts[1])
    return numpy.kron(dots, numpy.ones((8, 8), numpy.uint8))


def scanned(svg: bytes) -> str:
    codes = zxingcpp.read_barcodes(picture(svg))
    assert len(codes) == 1
    return codes[0].text


# ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_card_says_who_she_is_and_how_to_reach_her(files):
    """In both versions the same; the phone as it is dialled, her own words, her zone; her page before other pages."""
    made = files(maya(), contact={"email": "public"})
    old, new = read(made["maya.vcf"]), read(made["maya.v4.vcf"])

    for found in (old, new):
        assert found.fn.value == "Maya Okafor"
        assert (found.n.value.family, found.n.value.given) == ("Okafor", "Maya")
        assert found.org.value == ["Northwind", "Optics"]
        assert found.title.value == "Instrument engineer; lenses, old and new"
        assert values(found, "email") == ["maya@example.com"]
        assert values(found, "url") == ["https://news.example.com/people/maya/", "https://cal.example/maya?a=1%2C2"]
        assert found.note.value == "I trust a drawing.\nAt the workshop door"
        assert values(found, "tz") == ["Europe/Helsinki"]
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found.uid.value)
    assert (old.version.value, new.version.value) == ("3.0", "4.0")
    assert (values(old, "tel"), values(new, "tel")) == (["+49301234567"], ["tel:+49301234567"])
    assert values(old, "x-socialprofile") == values(new, "socialprofile") == ["https://social.example/@maya"]
    assert values(new, "lang") == ["en", "fi"]
    assert old.uid.value == new.uid.value


@pytest.mark.parametrize("mode", ["obfuscated", "form"])
def test_an_address_is_on_a_card_only_where_the_site_shows_addresses_openly(files, mode):
    """In the QR code neither."""
    made = files(maya(), contact={"email": mode})

    assert [name for name, raw in made.items() if b"maya@example.com" in raw] == []
    assert "maya@example.com" not in scanned(made["qr.svg"])


@pytest.mark.parametrize(
    ("consent", "secrets"),
    [
        ("{photo: false}", (b"PHOTO",)),
        ("{email: false, phone: false}", (b"EMAIL", b"TEL")),
        ("{mastodon: false, booking: false, in_person: false}", (b"social.example", b"cal.example", b"workshop door")),
        ("{quote: false}", (b"trust a drawing",)),
        ("{until: 2026-11-21}", (b"PHOTO", b"EMAIL", b"TEL", b"social.example", b"cal.example")),
        ("{phone: 2026-11-21}", (b"TEL",)),
    ],
)
def test_what_she_has_not_agreed_to_is_in_none_of_the_files(files, consent, secrets):
    """Refused or run out; with her consent each of it is there."""
    made = files(maya(f"consent: {consent}\n"), contact={"email": "public"})
    agreed = files(maya(), contact={"email": "public"})
    made["scanned"], agreed["scanned"] = (scanned(files["qr.svg"]).encode() for files in (made, agreed))

    for secret in secrets:
        assert [name for name, raw in made.items() if secret in raw] == []
        assert secret in agreed["maya.vcf"]


@pytest.mark.parametrize("status", ["status: left\n", "status: left\non: 2026-11-01\n"])
def test_the_card_of_somebody_who_left_has_name_and_page_alone(files, status):
    """Its address still works; nobody calls her at a desk that is another's."""
    made = files(maya(status), contact={"email": "public"})

    for raw in (made["maya.vcf"], made["maya.v4.vcf"], scanned(made["qr.svg"]).encode()):
        names = {re.split("[;:]", line)[0] for line in raw.decode().split("\r\n") if line.strip() == line != ""}
        assert names <= {"BEGIN", "END", "VERSION", "UID", "KIND", "FN", "N", "URL", "SOURCE", "PHOTO"}
        assert b"Maya Okafor" in raw


def test_an_announced_departure_changes_nothing(files):
    """Before its day."""
    assert files(maya("status: left\non: 2026-12-24\n"))["maya.vcf"] == files(maya())["maya.vcf"]


@pytest.mark.parametrize(
    ("name", "languages", "family", "given"),
    [
        ("Maya Okafor", "[en]", "Okafor", "Maya"),
        ("Cher", "[en]", "Cher", ""),
        ("Ludwig van Beethoven", "[de]", "Ludwig van Beethoven", ""),
        ("Nguyễn An", "[vi, en]", "Nguyễn An", ""),
        ("田中 太郎", "[ja]", "田中 太郎", ""),
        ("Nagy Ilona", "[hu-HU]", "Nagy Ilona", ""),
        ("M. O.", "[]", "O.", "M."),
    ],
)
def test_a_name_is_taken_apart_only_where_that_is_sure(files, name, languages, family, given):
    """Else it stays whole, and a telephone shows it as it is."""
    made = files(named(f'"{name}"', f"languages: {languages}\n"))
    found = read(made["maya.vcf"])

    assert (found.fn.value, found.n.value.family, found.n.value.given) == (name, family, given)
    assert (
        "n" in read(made["maya.v4.vcf"].replace(b"VERSION:4.0", b"VERSION:3.0") if given else made["maya.vcf"]).contents
    )
    assert (b"\r\nN:" in made["maya.v4.vcf"]) is bool(given)


@pytest.mark.parametrize("name", ["田中" * 25, "👩🏽‍🔧" * 15 + " 🧵", "é" * 90, "Maya, called; \\\\n"])
def test_long_and_strange_names_are_the_same_when_they_are_read(files, name):
    """Folded at 75 octets, between characters."""
    made = files(named(f'"{name}"'))
    name = name.replace("\\\\", "\\")

    for raw in (made["maya.vcf"], made["maya.v4.vcf"]):
        assert all(len(line) <= 75 and line.decode() for line in raw.removesuffix(b"\r\n").split(b"\r\n"))
        assert read(raw).fn.value == name


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("photo", "kind"), [("p.jpg", "jpeg"), ("p.png", "png")])
def test_a_small_photo_is_in_the_card_that_telephones_take(files, photo, kind):
    """They fetch none, and refuse what is large: a JPEG of its middle; 4.0 names its address."""
    large = coloured(kind.upper(), "blue", 900)
    made = files(maya(photo=photo) | {f"content/people/{photo}": large})
    found = read(made["maya.vcf"]).photo
    other = read(made["maya.v4.vcf"]).photo
    shown = Image.open(BytesIO(found.value))

    assert (shown.format, shown.size, found.params["TYPE"]) == ("JPEG", (240, 240), ["JPEG"])
    assert shown.getpixel((120, 120)) == (0, 0, 254) and len(found.value) < 16_000
    assert other.value.startswith("https://news.example.com/people/maya/")
    assert other.params["MEDIATYPE"] == [f"image/{kind}"]


def test_a_drawing_is_named_by_its_address(files):
    """What a telephone cannot show."""
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    found = read(files(maya(photo="p.svg") | {"content/people/p.svg": svg})["maya.vcf"]).photo

    assert found.params["VALUE"] == ["uri"]
    assert found.value.startswith("https://news.example.com/people/maya/p")


def test_a_site_in_a_folder_names_its_addresses_whole(files):
    """Page, photo and card."""
    raw = files(maya(), url="https://example.com/newsroom")["maya.v4.vcf"].replace(b"\r\n ", b"").decode()

    assert re.findall("https://example.com[^\r]*", raw) == [
        "https://example.com/newsroom/people/maya/",
        "https://example.com/newsroom/people/maya/maya.v4.vcf",
        "https://example.com/newsroom/people/maya/p.jpg",
    ]


# ── the QR code ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["Maya Okafor", "Inês Ferreira", "田中 太郎", "Åsa 👩🏽‍🔧", "M"])
def test_a_camera_reads_the_card(files, name):
    """Name, company, role, page, telephone, and the address where it is public; no photo."""
    made = files({"content/people/maya.md": maya()["content/people/maya.md"].replace("Maya Okafor", name),
                  "content/people/p.jpg": JPEG}, contact={"email": "public"})  # fmt: skip
    found = read(scanned(made["qr.svg"]).encode())

    assert found.fn.value == name
    assert found.org.value == ["Northwind", "Optics"]
    assert values(found, "url") == ["https://news.example.com/people/maya/"]
    assert values(found, "tel") == ["+49301234567"]
    assert values(found, "email") == ["maya@example.com"]
    assert "photo" not in found.contents


def test_a_code_has_its_quiet_zone_and_is_black_on_white_everywhere(files):
    """Four dots all around, no colour of the page, a title."""
    svg = files(named("'A <b> & c'"))["qr.svg"]
    dots = picture(svg)[::8, ::8]

    assert b"<title>Card of A &lt;b&gt; &amp; c</title>" in svg
    assert b"currentColor" not in svg
    assert (
        (dots[:4] == 255).all()
        and (dots[-4:] == 255).all()
        and (dots[:, :4] == 255).all()
        and (dots[:, -4:] == 255).all()
    )
    assert (dots[4, 4:11] == 0).all()


def test_what_is_too_long_for_a_camera_becomes_the_address_of_her_page(files):
    """A code of hundreds of dots a side is read by nobody."""
    svg = files(named("Maya Okafor", f"role: {'x' * 1500}\n"))["qr.svg"]

    assert scanned(svg) == "https://news.example.com/people/maya/"


# ── the site ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_her_page_offers_them_and_every_address_is_a_file(make_site):
    """The calendar by webcal and by https, in a look of their own; hosts are told what the files are."""
    hours = "office_hours: [{every: Tuesday, at: '15:00'}]\n"
    site = make_site(maya(hours), url="https://example.com/newsroom")
    report = site.build(moment=NOW)
    page, outputs = site.read("people/maya/index.html"), site.outputs()
    section = page[page.index('id="card"') : page.index("</details>", page.index('id="card"'))]
    links = re.findall(r'(?:href|src)="([^"]+)"', section)

    assert report.problems == ()
    assert "webcal://example.com/newsroom/people/maya/office-hours.ics" in links
    for link in links:
        assert link.removeprefix("webcal://example.com").removeprefix("/newsroom/") in outputs
    assert "Tuesday 24 November 2026, 15:00 (Helsinki time)" in section
    assert ".take{" in site.read(re.search(r'<link rel="stylesheet" href="/newsroom/([^"]+)"', page)[1])
    for path, kind in (("people/:key/*.vcf", "text/vcard"), ("people/:key/office-hours.ics", "text/calendar")):
        assert f"/newsroom/{path}\n  Content-Type: {kind}; charset=utf-8\n" in site.read("_headers")


def test_somebody_who_left_or_has_no_hours_is_offered_less(make_site):
    """No section, or no calendar."""
    site = make_site(maya() | {"content/people/jonas.md": "---\nname: Jonas Lind\nstatus: left\n---\n"})
    site.build(moment=NOW)

    assert 'id="card"' not in site.read("people/jonas/index.html")
    assert "people/jonas/jonas.vcf" in site.outputs()
    assert "webcal:" not in site.read("people/maya/index.html")
    assert "<summary>Card</summary>" in site.read("people/maya/index.html")


def test_a_card_is_the_same_in_every_build_and_changes_with_what_it_shows(make_site):
    """A changed photo, telephone or company renders it again, a biography does not."""
    files = maya()
    site = make_site(files, company={"name": "Northwind"})
    site.build(moment=NOW)
    before = digests(site)
    site.edit("content/people/maya.md", "She mends.", "She mends lenses.")
    bio = {path for path in site.build(moment=NOW).rendered if path in before}
    site.edit("content/people/maya.md", "1234567", "7654321")
    phone = {path for path in site.build(moment=NOW).rendered if path in before}
    site.write("content/people/p.jpg", coloured("JPEG", "green"))
    photo = {path for path in site.build(moment=NOW).rendered if path in before}
    after = digests(site)
    clean = make_site({path: (site.root / path).read_bytes() for path in [*files, "site.toml"]})
    clean.build(moment=NOW)

    assert bio == set()
    assert phone == set(before)
    assert "people/maya/maya.vcf" in photo
    assert before != after == digests(clean)


def digests(site) -> dict[str, str]:
    """Of the files of this module."""
    return {path: sha256(raw).hexdigest() for path, raw in site.outputs().items() if path.endswith((".vcf", "qr.svg"))}
