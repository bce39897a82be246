"""Picture files without their metadata, read again by Pillow and ExifRead; and files that are none."""

from base64 import b64decode, b64encode
from io import BytesIO

import exifread
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from newsroom import raster

SECRET = "Behind the green door"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
P3 = SRGB.replace(b"s\0R\0G\0B\0 \0b\0u\0i\0l\0t\0-\0i\0n\0", b"D\0i\0s\0p\0l\0a\0y\0 \0P\0003\0 \0 \0".ljust(26, b" "))


def metadata() -> Image.Exif:
    """EXIF with a place on earth, a comment, a thumbnail's worth of words."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + SECRET.encode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return exif


PLAIN = Image.linear_gradient("L").resize((40, 30)).convert("RGB")
FRAMES = [
    PLAIN.convert("P"),
    PLAIN.rotate(180).convert("P"),
    PLAIN.transpose(Image.Transpose.FLIP_LEFT_RIGHT).convert("P"),
]
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRET}</x:xmpmeta>'.encode()


def saved(form: str, image: Image.Image = PLAIN, **options) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def told() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET, zip=True)
    return info


MOVING = {"save_all": True, "append_images": FRAMES[1:], "duration": 100}
FILES = {
    "jpeg": saved("JPEG", exif=metadata(), comment=SECRET, xmp=XMP, icc_profile=SRGB),
    "progressive jpeg": saved("JPEG", exif=metadata(), progressive=True) + b"a second picture: " + SECRET.encode(),
    "cmyk jpeg": saved("JPEG", PLAIN.convert("CMYK"), exif=metadata()),
    "png": saved("PNG", exif=metadata(), pnginfo=told(), icc_profile=SRGB) + SECRET.encode(),
    "16-bit png": saved("PNG", Image.linear_gradient("L").convert("I;16"), exif=metadata(), pnginfo=told()),
    "moving png": saved("PNG", FRAMES[0], **MOVING, pnginfo=told()),
    "gif": saved("GIF", FRAMES[0], comment=SECRET * 30),
    "moving gif": saved("GIF", FRAMES[0], **MOVING, comment=SECRET, loop=0),
    "webp": saved("WEBP", exif=metadata(), xmp=XMP, icc_profile=SRGB),
    "lossless webp": saved("WEBP", lossless=True),
    "moving webp": saved("WEBP", FRAMES[0], **MOVING, exif=metadata(), xmp=XMP),
    "avif": saved("AVIF", exif=metadata(), xmp=XMP),
    "moving avif": saved("AVIF", PLAIN, save_all=True, append_images=[PLAIN.rotate(180)], duration=99, exif=metadata()),
    "tiff": saved("TIFF", exif=metadata(), compression="tiff_lzw"),
    "two-page tiff": saved("TIFF", exif=metadata(), save_all=True, append_images=[PLAIN]),
}  # fmt: skip


def frames(raw: bytes) -> list[tuple[float, bytes]]:
    """(duration, pixels) of each frame."""
    image, found = Image.open(BytesIO(raw)), []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append((image.info.get("duration", 0), image.convert("RGBA").tobytes()))
    return found


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
def test_metadata_goes_and_no_pixel_changes(raw):
    """Places, words, thumbnails, what follows the picture: nothing of it is left for a reader of metadata or of bytes."""
    clean = raster.cleaned(raw)
    tags = exifread.process_file(BytesIO(clean), details=True) if raw[:4] not in (b"GIF8",) else {}

    assert frames(raw) == frames(clean)
    assert not [tag for tag in tags if tag.startswith(("GPS", "EXIF", "JPEGThumbnail")) or "Description" in tag]
    for hidden in (SECRET.encode(), SECRET.encode("utf-16-le"), b"xmpmeta", b"tEXt", b"iTXt"):
        assert hidden not in clean
    assert clean == raster.cleaned(clean)


@pytest.mark.parametrize(
    "raw", [raw for name, raw in FILES.items() if "tiff" not in name], ids=[n for n in FILES if "tiff" not in n]
)
def test_a_file_that_was_cut_off_is_known(raw):
    """Wherever it ends: an upload that broke, a disk that was full."""
    raw = raw.removesuffix(SECRET.encode()).removesuffix(b"a second picture: ")
    for end in (len(raw) // 3, len(raw) // 2, len(raw) - 9):
        with pytest.raises(raster.Broken):
            raster.look(raw[:end])


@pytest.mark.parametrize(("form", "profile", "kept", "remade"), [
    ("JPEG", P3, True, False), ("PNG", P3, True, False), ("WEBP", P3, True, False), ("JPEG", SRGB, False, False),
    ("JPEG", SRGB.replace(b"s\0R\0G\0B\0", b"M\0i\0n\0e\0"), False, True),
])  # fmt: skip
def test_a_profile_that_others_know_stays(form, profile, kept, remade):
    """sRGB says what none would; a profile of one person's screen is no colour that others can show."""
    raw = saved(form, icc_profile=profile)
    clean = Image.open(BytesIO(raster.cleaned(raw)))

    assert remade == raster.look(raw).remake
    assert (clean.info.get("icc_profile") == profile) is kept
    assert kept or "icc_profile" not in clean.info


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_on_its_side_is_as_wide_as_it_is_shown(form, turned):
    """In all eight ways that a camera can lie."""
    exif = Image.Exif()
    exif[0x0112] = turned
    found = raster.look(saved(form, exif=exif))

    assert (found.width, found.height) == ((30, 40) if turned > 4 else (40, 30))
    assert found.remake is (turned > 1 and form != "AVIF")  # AVIF turns its pixels itself


def test_a_drawing_loses_what_its_program_left_in_it():
    """Who drew it, and in which folder."""
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" sodipodi:docname="/home/maya/Desktop/x.svg" inkscape:export-filename="x">'
        b'<metadata id="a"><rdf:RDF>Maya</rdf:RDF></metadata><circle r="4"/></svg>'
    )

    assert b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>' == raster.cleaned(svg)


DRAWN = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><!-- {said} --><image href="data:image/jpeg;base64,{inside}"/></svg>'


def drawing(inside: bytes, said: str = "/home/maya/door.svg") -> bytes:
    return DRAWN.format(said=said, inside=b64encode(inside).decode()).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_photograph_in_a_drawing_loses_its_metadata_too(encoding):
    """And comments go, in whatever encoding; a drawing without either stays as it is."""
    clean = raster.cleaned(drawing(FILES["jpeg"]).decode().encode(encoding))
    inside = b64decode(clean.split(b"base64,")[1].split(b'"')[0])

    assert inside == raster.cleaned(FILES["jpeg"]) and b"/home" not in clean
    assert clean == raster.cleaned(clean)


@pytest.mark.parametrize("svg", [
    drawing(saved("JPEG", icc_profile=SRGB.replace(b"s\0R\0G\0B\0", b"M\0i\0n\0e\0"))), drawing(FILES["jpeg"][:200]), drawing(b"BM words"),
    drawing(FILES["jpeg"]).replace(b"data:", b"&#100;ata:"), drawing(FILES["jpeg"]).replace(b";base64", b""),
], ids=["foreign colours", "cut off", "no picture", "hidden", "not base64"])  # fmt: skip
def test_what_cannot_be_cleaned_in_a_drawing_is_refused(svg):
    """Rather than published as it is."""
    with pytest.raises(raster.Broken, match="inside"):
        raster.cleaned(svg)


def test_words_that_only_look_like_a_comment_stay_in_a_drawing():
    """In a CDATA section they are text; a font in it is no picture."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[/* <!-- a --> */ @font-face{src:url(data:font/woff2;base64,AAAA)}]]></style></svg>'

    assert svg == raster.cleaned(svg)


def test_a_photograph_whose_middle_was_written_over_is_not_whole():
    """Its end stands in its middle; a second picture behind it, or a film, is another matter."""
    raw = saved("JPEG", Image.effect_noise((300, 200), 90).convert("RGB"))
    damaged = raw[:3000] + b"\xff\xd9" * 200 + raw[3400:]

    with pytest.raises(raster.Broken, match="truncated"):
        raster.look(damaged)
    for behind in (raw, b"\0\0\0\x18ftypmp42" + raw[3000:4000] + b"\xff\0", b"\xff\xd9", b"\0" * 9):
        assert raster.look(raw + behind).width == 300


@given(st.sampled_from(list(FILES.values())), st.integers(0, 4000), st.binary(min_size=1, max_size=12))
def test_no_damage_is_more_than_an_error(raw, at, bytes_):
    """Whatever stands in a file, it is cleaned or refused."""
    at %= len(raw)
    try:
        raster.look(raw[:at] + bytes_ + raw[at + len(bytes_) :])
        raster.cleaned(raw[:at] + bytes_ + raw[at + len(bytes_) :])
    except raster.Broken:
        pass
