"""Fonts: which characters need one, which file has it, what is left of a text that none can draw."""

import os
import re
import sys
from pathlib import Path

import pytest
import typst

from newsroom import fonts

MACHINE = [folder for folder in ("/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts") if os.path.isdir(folder)]
UNDRAWABLE = "\U0010fffd"
SCRIPTS = {
    "ar": "كيف تعلّمنا أن نصغي إلى الريح، 2026؟", "fa": "چگونه به باد گوش سپردیم", "hi": "हमने हवा को सुनना कैसे सीखा",
    "th": "เราเรียนรู้ที่จะฟังเสียงลมได้อย่างไร", "ja": "風の音を聞くまでに、「本当の話」をしよう。", "zh": "我们如何学会倾听风声", "ko": "바람 소리를 듣는 법",
}  # fmt: skip


@pytest.fixture(scope="module")
def shelf():
    """The fonts of this machine."""
    return fonts.Shelf(fonts.files(Path("/"), MACHINE))


def boxes(text, families=(), folders=()):
    """How many empty boxes typst draws in a text: shapes that a character of no font has too."""
    known = typst.Fonts(include_system_fonts=False, font_paths=list(folders))
    names = "".join(f'"{family}",' for family in ("Libertinus Serif", "New Computer Modern", *families))
    source = f"#set page(height: auto)\n#set text(font: ({names}), fallback: false)\n#sys.inputs.text".encode()

    def shapes(words):
        compiler = typst.Compiler(font_paths=known, ignore_system_fonts=True)
        drawn = compiler.compile(input=source, format="svg", sys_inputs={"text": words}).decode()
        return re.findall(r'<use xlink:href="#(\w+)"', drawn)

    (box,) = set(shapes(UNDRAWABLE))
    return shapes(text).count(box)


def test_typst_draws_what_is_said_to_be_its_own():
    """Every character of OWN that is one; what is not its own has a box."""
    import unicodedata

    own = [chr(point) for point in range(32, 0xFFFF) if fonts.OWN.fullmatch(chr(point))]
    seen = [c for c in own if unicodedata.category(c) not in ("Cn", "Cf", "Zs", "Zl", "Zp", "Cc")]

    assert len(seen) > 2400
    assert 0 == boxes(" ".join(seen))
    assert 1 == boxes("A 風 B")


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_text_is_drawn_without_boxes_by_the_fonts_that_are_chosen(shelf, language):
    """In every script of which this machine has a font."""
    families, missing = shelf.chosen(SCRIPTS[language], language)
    if missing:
        script, family, package = fonts.advice(missing)
        pytest.skip(f"no font for {script} here: {family} is in Debian's {package}")
    folders = {os.path.dirname(path) for path, _ in shelf.listed}

    assert len(families) == 1
    assert 0 == boxes(SCRIPTS[language], families, folders)


def test_nothing_is_read_for_a_text_that_needs_nothing():
    """A font that is not there is not missed."""
    assert ((), frozenset()) == fonts.Shelf((("/nowhere/font.ttf", 1),)).chosen("Größe “Ω” Привет שלום 5 €")


LATIN, HAN = ((0x20, 0x7E),), ((0x20, 0x7E), (0x3040, 0x30FF), (0x4E00, 0x9FFF))
FONTS = [fonts.Font("Sans Thai", ((0x0E00, 0x0E7F),)), fonts.Font("Serif Thai", ((0x0E00, 0x0E7F),)),
         fonts.Font("Serif CJK JP", HAN), fonts.Font("Serif CJK SC", HAN), fonts.Font("Plain", LATIN)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "families", "missing"),
    [
        ("ลม wind", "th", ("Serif Thai",), ""),
        ("風", "ja", ("Serif CJK JP",), ""),
        ("风", "zh-Hans", ("Serif CJK SC",), ""),
        ("風の音 ลม", "ja", ("Serif CJK JP", "Serif Thai"), ""),
        ("wind 🎉 風", "en", ("Serif CJK JP",), "🎉"),
    ],
)
def test_as_few_families_as_do_are_chosen(text, language, families, missing):
    """A serif before others, and Han as the readers of a language write it."""
    assert (families, frozenset(missing)) == fonts.chosen(text, FONTS, language)


@pytest.mark.parametrize(
    ("text", "missing", "left"),
    [
        ("We won 🎉 it", "🎉", "We won it"),
        ("A 👩\u200d👧 b", "👩👧", "A b"),
        ("We 風 won", "風", ""),
        ("We won", "風", "We won"),
    ],
)
def test_signs_are_left_out_and_letters_are_not(text, missing, left):
    """A sentence can do without an emoji; with a letter less it would be another."""
    assert left == fonts.without(text, frozenset(missing))


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("ลม", ("Thai", "Noto Serif Thai", "fonts-noto-core")),
        ("風", ("Han", "Noto Serif CJK", "fonts-noto-cjk")),
        ("🎉", ("emoji", "Noto Color Emoji", "fonts-noto-color-emoji")),
        ("🎉ش", ("Arabic", "Noto Naskh Arabic", "fonts-noto-core")),
    ],
)
def test_the_font_to_add_is_named(missing, told):
    """With the Debian package that has it."""
    assert told == fonts.advice(missing)


def test_a_file_that_is_no_font_has_no_face(tmp_path):
    """Whatever it is called."""
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 and nothing more")
    (tmp_path / "empty.ttc").write_bytes(b"")

    assert () == fonts.Shelf(fonts.files(tmp_path, ["."])).fonts


def test_it_is_said_when_nothing_can_be_drawn(monkeypatch):
    """The extra has two packages."""
    assert fonts.is_installed()
    monkeypatch.setitem(sys.modules, "typst", None)

    assert not fonts.is_installed()
