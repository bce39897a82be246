"""Pictures as readers get them: smaller forms, upright, in the colours of screens, without a word about who took them."""

import json
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import exifread
import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageCms

from newsroom import raster
from newsroom.errors import text
from newsroom.model import Source
from newsroom.pictures import Variant, squares, variants
from newsroom.render import pixels

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECRET = b"Behind the green door"


def metadata(turned=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    return exif


def saved(form, image, **options):
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def opened(site, path):
    """A picture of the built site."""
    return Image.open(BytesIO((site.root / "public" / path.lstrip("/")).read_bytes()))


def corners(width, height):
    """Four quarters: red and green above, blue and white below."""
    image = Image.new("RGB", (width, height), "white")
    for place, colour in (((0, 0), "red"), ((width // 2, 0), "green"), ((0, height // 2), "blue")):
        image.paste(colour, (*place, place[0] + width // 2, place[1] + height // 2))
    return image


def quarters(image):
    """The colour in the middle of each, as a word."""
    image = image.convert("RGB")
    words = []
    for x, y in ((1, 1), (3, 1), (1, 3), (3, 3)):
        pixel = image.getpixel((image.width * x // 4, image.height * y // 4))
        words.append({(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 1): "white"}[
            tuple(round(level / (128 if n == 1 and max(pixel) < 200 else 255)) for n, level in enumerate(pixel))
        ])  # fmt: skip
    return words


UPRIGHT = ["red", "green", "blue", "white"]
MOVING = [corners(40, 40).convert("P"), corners(40, 40).rotate(90).convert("P")]
SOURCES = {
    "site.toml": 'title = "N"\nurl = "https://news.example.com"\n[images]\nwidths = [60, 90]\n[company]\nlogo = "press/logo.png"\n',
    "content/people/maya.md": "---\nname: Maya\nphoto: {file: maya.jpg, focus: top left}\n---\nBio\n",
    "content/people/maya.jpg": saved("JPEG", corners(100, 200), exif=metadata(), quality=95),
    "content/press/index.md": "---\nlogos: [{file: logo.png, high: logo.jpg, alt: N}]\n---\n",
    "content/press/logo.png": saved("PNG", corners(120, 40), exif=metadata()),
    "content/press/logo.jpg": saved("JPEG", corners(400, 100), exif=metadata(), comment=SECRET),
    "content/posts/lens/index.md": "---\ntitle: Lens\nauthors: [maya]\ndate: 2026-11-02\nimage: {file: crack.jpg, alt: A crack, focus: 30% 60%}\n---\n"
    '![Small](small.png)\n\n![It turns](turns.gif "Turning")\n\n![Drawn](drawn.svg) [the raw file](raw.tif) [phone](door.jpg)\n',
    "content/posts/lens/crack.jpg": saved("JPEG", corners(240, 160), exif=metadata(6), quality=95),
    "content/posts/lens/small.png": saved("PNG", corners(50, 30), exif=metadata()),
    "content/posts/lens/turns.gif": saved("GIF", MOVING[0], save_all=True, append_images=MOVING[1:], comment=SECRET),
    "content/posts/lens/drawn.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><metadata>Behind the green door</metadata></svg>',
    "content/posts/lens/raw.tif": saved("TIFF", corners(20, 20), exif=metadata()),
    "content/posts/lens/door.jpg": saved("JPEG", corners(30, 30), exif=metadata(), comment=SECRET),
    "content/posts/early.md": "---\ntitle: Early\nauthors: [maya]\ndate: 2026-11-03\n---\n![Door](lens/door.jpg)\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(make_shared_site):
    site = make_shared_site(SOURCES)
    report = site.build(moment=NOW)

    assert report.problems == ()
    return site


def soup(site, path):
    return BeautifulSoup(site.read(path), "html.parser")


def test_no_metadata_is_left_in_any_output(built):
    """Not in a picture, a zip, a contact card, nor in a file that is only linked."""
    outputs = built.outputs()
    pictures = {
        path: raw for path, raw in outputs.items() if path.endswith((".jpg", ".png", ".gif", ".tif", ".webp", ".avif"))
    }
    for name, archive in (
        (path, zipfile.ZipFile(BytesIO(raw))) for path, raw in outputs.items() if path.endswith(".zip")
    ):
        pictures |= {f"{name}/{inside}": archive.read(inside) for inside in archive.namelist() if "logo." in inside}

    assert len(pictures) > 20 and any(".zip/" in path for path in pictures)
    assert not [path for path, raw in (outputs | pictures).items() if SECRET in raw]
    for path, raw in pictures.items():
        tags = exifread.process_file(BytesIO(raw)) if not path.endswith((".gif", ".avif")) else {}
        assert not [tag for tag in tags if tag.startswith(("GPS", "EXIF")) or "Description" in tag], path
        assert path.endswith(".tif") or not Image.open(BytesIO(raw)).getexif(), path


def test_a_picture_is_there_in_each_form_and_width_and_never_wider_than_it_is(built):
    """Upright, with its true size; the browser is told how wide it is shown."""
    picture = soup(built, "2026/lens/index.html").select_one("figure.picture picture")
    image, sources = picture.img, picture.find_all("source")
    sets = [source["srcset"] for source in sources] + [image["srcset"]]
    files = [[row.split() for row in one.split(", ")] for one in sets]

    assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
    assert all("rem" in tag["sizes"] for tag in (*sources, image))
    assert (image["src"], image["width"], image["height"], image["alt"]) == (
        "/2026/lens/crack.jpg",
        "160",
        "240",
        "A crack",
    )
    assert image["fetchpriority"] == "high" and not image.has_attr("loading")
    assert {"fx3", "fy6"} <= set(image["class"])
    for rows, form in zip(files, ("AVIF", "WEBP", "JPEG"), strict=True):
        assert [width for _, width in rows] == ["60w", "90w"]
        for href, width in rows:
            made = opened(built, href)
            assert (made.format, made.width) == (form, int(width[:-1]))
            assert quarters(made) == ["blue", "red", "white", "green"]  # turned by the camera


def test_what_is_below_is_fetched_when_it_is_needed(built):
    """And a text that begins with a picture shows it at once."""
    later = soup(built, "2026/lens/index.html").find("img", alt="Small")
    first = soup(built, "2026/early/index.html").find("img", alt="Door")

    assert (later["loading"], later["width"], later["height"]) == ("lazy", "50", "30")
    assert first["fetchpriority"] == "high" and not first.has_attr("loading")


def test_what_moves_goes_on_moving_and_a_drawing_stays_one(built):
    """No smaller forms are made of either."""
    page = soup(built, "2026/lens/index.html")

    assert opened(built, "2026/lens/turns.gif").n_frames == 2
    assert all(page.find("img", alt=alt).parent.name != "picture" for alt in ("It turns", "Drawn"))


def test_a_face_is_a_small_square_around_what_matters(built):
    """What a home page shows of twenty people weighs little."""
    image = soup(built, "people/index.html").select_one(".face picture")
    rows = image.source["srcset"].split(", ")
    made = opened(built, rows[0].split()[0])

    assert made.size == (80, 80) and quarters(made) == ["red", "green", "red", "green"]
    assert image.img["src"] == "/people/maya/maya.jpg"


def test_names_with_a_digest_are_kept_for_ever_and_feeds_name_the_picture_itself(built):
    """A reader of feeds knows no `picture`."""
    feed = json.loads(built.read("feed.json"))["items"]

    assert "/assets/*\n  Cache-Control: public, max-age=31536000, immutable" in built.read("_headers")
    assert [item["image"] for item in feed if "image" in item] == ["https://news.example.com/2026/lens/crack.jpg"]
    assert "<source" not in built.read("feed.json") and "assets/pictures" not in built.read("feed.json")


def test_the_file_itself_stands_upright_at_its_address(built):
    """For feeds and other sites: the same address, and no orientation that somebody would have to know of."""
    image = opened(built, "2026/lens/crack.jpg")

    assert image.size == (160, 240) and quarters(image) == ["blue", "red", "white", "green"]


def test_every_form_is_made_once(make_site):
    """A second build makes none; one replaced makes its own; what another build forgot in public/ is not made again."""
    site = make_site(SOURCES)
    site.build(moment=NOW)
    made = {path for path in site.outputs() if path.startswith("assets/pictures/")}
    again = site.build(moment=NOW)
    for path in (site.root / "public/assets/pictures").iterdir():
        path.unlink()
    told = []
    restored = site.build(moment=NOW, progress=lambda done, of: told.append((done, of)))
    site.write("content/posts/lens/small.png", saved("PNG", corners(50, 40)))
    drawn = []
    replaced = site.build(moment=NOW, progress=lambda done, of: drawn.append((done, of)))
    new = {path for path in replaced.rendered if path.startswith("assets/pictures/")}

    assert (again.rendered, set(restored.rendered)) == ((), made)
    assert told[-1] == (len(made), len(made))
    assert {path.partition("-")[0] for path in new} == {"assets/pictures/small"} and len(new) == 2
    assert {path for path in replaced.removed if "small" in path} == {path for path in made if "small" in path}
    assert drawn[-1] == (len(new) + len(replaced.rendered),) * 2


@pytest.mark.parametrize(
    ("raw", "said", "hint"),
    [
        (saved("JPEG", corners(90, 60))[:700], "ends before the picture is complete", "save it again"),
        (saved("PNG", corners(90, 60)), "is a PNG file, whatever its name says", "rename it p.png"),
        (b"<!doctype html><title>Log in</title>", "is a web page", "save the picture itself"),
        (saved("JPEG", Image.new("L", (64, 64))).replace(b"\xff\xc0\0\x0b\x08\0\x40\0\x40", b"\xff\xc0\0\x0b\x08\x27\x10\x27\x10"),
         "is larger than 80 million pixels", "2400 pixels wide"),
        (saved("JPEG", corners(90, 60)).replace(b"\xff\xc4", b"\xff\xdb", 1), "is damaged", "save it again"),
    ],
    ids=["truncated", "disguised", "a page", "a bomb", "damaged"],
)  # fmt: skip
def test_a_file_that_is_no_picture_is_an_error_that_names_it(make_site, raw, said, hint):
    """The file, the line on which it is shown, the next step; and nothing is written."""
    site = make_site({
        "content/people/maya.md": "---\nname: Maya\n---\n", "content/posts/p.jpg": raw,
        "content/posts/a.md": "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\n---\nWords.\n\n![A](p.jpg)\n",
    })  # fmt: skip
    (problem,) = site.build(moment=NOW).problems

    assert (problem.location.path, problem.location.line) == ("content/posts/a.md", 8)
    assert f'the picture "p.jpg" {said}' in text(problem) and hint in problem.hint
    assert not (site.root / "public").exists()


# ── pixels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def one(raw, form="webp", width=40, focus=""):
    ((_, made),) = pixels.made(raw, [Variant(form, width, focus, "")])
    return Image.open(BytesIO(made))


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_is_turned_upright(turned):
    """In all eight ways that a camera can lie."""
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's, the other way round
    lying = corners(80, 60).transpose(ways[turned]) if turned > 1 else corners(80, 60)

    assert quarters(one(saved("JPEG", lying, exif=metadata(turned), quality=95))) == UPRIGHT


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg", "png"])
@pytest.mark.parametrize("kind", ["CMYK", "I;16", "1", "P", "LA", "RGBA", "L"])
def test_any_kind_of_pixel_becomes_what_screens_show(form, kind):
    """Four colours of ink, 16 bits of grey, a palette, one bit."""
    image = Image.new("L", (60, 60), 200)
    image = (
        image.convert("I").point(lambda grey: grey * 257).convert("I;16")
        if kind == "I;16"
        else image.convert(kind, dither=Image.Dither.NONE)
    )
    made = one(saved("JPEG" if kind == "CMYK" else "PNG", image), form)

    assert made.mode in ("RGB", "RGBA", "L", "LA")
    assert abs(made.convert("RGB").getpixel((20, 20))[0] - (255 if kind == "1" else 200)) < 8


def test_a_picture_keeps_its_colours_without_its_profile():
    """Numbers of another space mean other colours: they are converted, and the picture looks the same."""
    lab = ImageCms.createProfile("LAB")
    grey = saved("TIFF", ImageCms.profileToProfile(corners(60, 60), ImageCms.createProfile("sRGB"), lab, outputMode="LAB"),
                 icc_profile=ImageCms.ImageCmsProfile(lab).tobytes())  # fmt: skip
    made = one(grey)

    assert quarters(made) == UPRIGHT and "icc_profile" not in made.info


def test_a_transparent_picture_stands_on_white_as_a_jpeg_and_on_the_page_in_any_other():
    """JPEG has no transparency."""
    raw = saved("PNG", Image.new("RGBA", (60, 60), (255, 0, 0, 0)))

    assert one(raw, "jpeg").getpixel((9, 9)) == (255, 255, 255)
    assert one(raw, "avif").getpixel((9, 9))[3] == 0


def test_a_form_has_the_same_bytes_whatever_is_made_with_it():
    """A build that makes one because it is missing equals a clean one, which makes all."""
    raw = saved("JPEG", corners(2600, 120), exif=metadata(8))
    wanted = [Variant(form, 40, focus, "") for form in ("avif", "webp", "jpeg", "png") for focus in ("", "0% 0%")]
    together = dict(pixels.made(raw, [*wanted, Variant("jpeg", 1600, "", "")]))

    assert all(dict(pixels.made(raw, [variant])) == {variant: together[variant]} for variant in wanted)


# ── which there are ──────────────────────────────────────────────────────────────────────────────────────────────────


def source(width, height=600, form="jpeg", **more):
    return Source("content/posts/A b.jpg", (), "0" * 32, (width, height), "", form, **more)


@pytest.mark.parametrize(
    ("width", "made"), [(300, [300]), (480, [480]), (500, [500]), (600, [480, 600]), (1700, [480, 800, 1200]), (9000, [480, 800, 1200])]
)  # fmt: skip
def test_a_picture_is_never_made_wider_than_it_is(width, made):
    """And not twice nearly as wide."""
    found = variants(source(width), (480, 800, 1200), ("avif",))

    assert made == [variant.width for variant in found if variant.form == "avif"]
    assert all(re.fullmatch(r"a-b-\d+\.[0-9a-f]{8}\.(avif|jpg)", variant.name) for variant in found)


@pytest.mark.parametrize("more", [{"moves": True}, {"form": "svg"}, {"wrong": "broken"}])
def test_nothing_is_made_of_what_moves_of_drawings_and_of_what_is_broken(more):
    """They stay as they are."""
    assert () == variants(source(900, **more), (480,), ("avif",)) == squares(source(900, **more), ("avif",), "")


def test_no_png_is_made_of_a_palette():
    """The smaller one would have more colours, and more bytes."""
    made = variants(source(900, form="png", few=True), (480,), ("avif",))

    assert [("avif", 480)] == [(variant.form, variant.width) for variant in made]
    assert (
        raster.look(saved("PNG", corners(90, 60).convert("P"))).few
        and not raster.look(saved("PNG", corners(90, 60))).few
    )


def test_another_focus_is_another_name():
    """What has a digest in its name never changes."""
    assert {v.name for v in squares(source(900), ("avif",), "0% 0%")}.isdisjoint(
        v.name for v in squares(source(900), ("avif",), "")
    )


def test_a_preview_keeps_its_pictures_to_itself(make_site):
    """Below its own address, which nobody can guess, and gone when it ends."""
    key = "mzxw6ytboi2gk3tdmfzxg5dbnq"
    site = make_site(SOURCES)
    site.edit(
        "content/posts/lens/index.md",
        "date: 2026-11-02",
        f"date: 2027-11-02\npreview: {{key: {key}, until: 2026-12-05 18:00}}",
    )
    site.edit("content/posts/early.md", "![Door](lens/door.jpg)", "")
    site.build(moment=NOW)
    found = [path for path in site.outputs() if re.search("crack|small|door", path)]

    assert len(found) > 8 and all(path.startswith(f"preview/{key}/") for path in found)
