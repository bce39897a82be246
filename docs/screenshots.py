"""Takes the pictures in docs/ and, with --look, contact sheets of every kind of page in every state a reader may see it in.

    python docs/screenshots.py                               # docs/*.png, from this repository's newsroom
    python docs/screenshots.py --look /some/folder           # sheets of a newsroom that is hard to draw
    python docs/screenshots.py --look /some/folder --only home,person --states 320,1280-dark

It takes the dev extra (Playwright, Pillow) and Chromium, named in CHROMIUM where it is elsewhere. Must not be imported.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from hard_content import NEWSROOMS
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from newsroom.build import Options, build
from newsroom.commands.static_host import answer
from newsroom.errors import text

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
AS_OF = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
"""The moment of all pictures: they change with the design and not with the day."""


class State(NamedTuple):
    """How a reader looks at a page."""

    width: int
    """CSS pixels."""
    media: dict[str, str] = {}
    """What Playwright's emulate_media() takes."""
    size: str = ""
    """Of text, where the reader has chosen another."""


STATES = {
    "320": State(320),
    "375-dark": State(375, {"color_scheme": "dark"}),
    "768": State(768),
    "1280": State(1280),
    "1280-dark": State(1280, {"color_scheme": "dark"}),
    "1920": State(1920),
    "forced": State(1280, {"forced_colors": "active", "color_scheme": "dark"}),
    "200%": State(640, {}, "200%"),
    "print": State(720, {"media": "print"}),
}

PAGES = {
    "home": "full /",
    "posts": "full /posts/",
    "post": "full /2026/cracked-lens/",
    "long": "full /2026/long/",
    "bare": "full /2026/bare/",
    "tall": "full /2026/tall/",
    "fourteen": "full /2026/fourteen/",
    "arabic": "full /2026/arabic/",
    "hebrew": "full /2026/hebrew/",
    "japanese": "full /2026/japanese/",
    "statement": "full /2026/smoke/",
    "open-statement": "full /2026/open/",
    "release": "full /2026/drawings/",
    "release-quotes": "full /2026/eighty-five/",
    "answer": "full /2026/thorium/",
    "retracted": "full /2026/retracted/",
    "people": "full /people/",
    "person": "full /people/maya/",
    "person-bare": "full /people/alexandria/",
    "person-left": "full /people/gunvor/",
    "person-away": "full /people/tariq/",
    "topic": "full /topics/repair/",
    "topics": "full /topics/",
    "person-topic": "full /people/maya/topics/repair/",
    "ask": "full /ask/",
    "press": "full /press/",
    "sheet": "full /press/in-figures/",
    "follow": "full /follow/",
    "archive": "full /archive/",
    "search": "full /search/",
    "corrections": "full /corrections/",
    "promises": "full /promises/",
    "page": "full /house-rules/",
    "404": "full /404.html",
    "empty-home": "empty /",
    "empty-people": "empty /people/",
    "one-home": "one /",
    "one-people": "one /people/",
    "one-person": "one /people/ida/",
    "rtl-home": "rtl /",
    "rtl-people": "rtl /people/",
    "rtl-person": "rtl /people/noor/",
    "rtl-post": "rtl /2026/arabic/",
}
"""Name -> which newsroom, and the page's address there. What a newsroom does not have is left out."""

PICTURES = {
    "screenshot.png": [("sample /", "1280", 1060), ("sample /people/maya/", "1280", 1060)],
    "themes-people.png": [("sample /people/", "1280", 1500), ("sample /people/", "375-dark", 1500), ("sample /people/lena/", "1280-dark", 1500)],
    "themes-kinds.png": [("sample /2026/cracked-lens/", "1280", 1500), ("sample /2026/smoke/", "1280-dark", 1500), ("sample /2026/drawings/", "1280", 1500)],
    "themes-states.png": [("rtl /2026/arabic/", "1280", 1500), ("sample /2026/thorium/", "forced", 1500), ("sample /", "200%", 1500), ("sample /2026/drawings/", "print", 1500)],
}  # fmt: skip
"""A picture in docs/ -> page, state and height of what stands in it side by side."""
SHRUNK = 0.36
"""How much smaller pages are in docs/."""


def _newsroom(root: Path, name: str) -> Path:
    """Build one of the newsrooms; gives its public folder."""
    if name in ("sample", "full"):
        shutil.copytree(REPOSITORY / "content", root / "content")
        shutil.copy(REPOSITORY / "site.toml", root)
    else:
        language = "ar" if name == "rtl" else "en"
        title = "غرفة أخبار الشمال" if name == "rtl" else "Lund & Daughters"
        root.mkdir(parents=True)
        (root / "site.toml").write_text(
            f'title = "{title}"\nurl = "https://news.example.com"\nlanguage = "{language}"\n', "utf-8"
        )
    for path, words in NEWSROOMS[name].items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words, "utf-8")
    report = build(root, Options(moment=AS_OF))
    if wrong := [text(problem) for problem in report.problems if problem.severity == "error"]:
        raise SystemExit("\n".join(wrong))
    return root / "public"


@contextmanager
def _served(public: Path) -> Iterator[str]:
    """The address of a folder while the `with` lasts."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = answer(public, "", self.path)
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _take(browser: Any, address: str, state: State, most: int) -> Image.Image | None:
    """A picture of a page from its top, no longer than `most`; None where there is no such page."""
    page = browser.new_page(viewport={"width": state.width, "height": 900})
    page.set_default_timeout(120_000)
    try:
        page.emulate_media(**({"color_scheme": "light", "reduced_motion": "reduce"} | state.media))
        reply = page.goto(address)
        if reply and reply.status == 404 and not address.endswith("404.html"):
            return None
        page.evaluate("size => { document.documentElement.style.fontSize = size }", state.size)
        page.evaluate("document.querySelectorAll('img[loading]').forEach(i => { i.loading = 'eager' })")
        page.wait_for_load_state("networkidle")
        long = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": state.width, "height": min(most, max(600, long))})
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    finally:
        page.close()


def _sheet(pictures: list[tuple[str, Image.Image]], scale: float, named: bool = True) -> Image.Image:
    """Pictures beside each other, under their names."""
    shrunk = []
    for name, picture in pictures:
        size = (int(picture.width * scale), int(picture.height * scale))
        shrunk.append((name, picture.resize(size, Image.Resampling.LANCZOS)))
    above = 22 if named else 12
    size = (sum(p.width + 12 for _, p in shrunk) + 12, max(p.height for _, p in shrunk) + above + 12)
    sheet, at = Image.new("RGB", size, "#8a877f"), 12
    for name, picture in shrunk:
        if named:
            ImageDraw.Draw(sheet).text((at, 6), name, fill="white")
        sheet.paste(picture, (at, above))
        at += picture.width + 12
    return sheet


Take = Callable[[str, State, int], "Image.Image | None"]
"""(newsroom and address, state, most height) -> picture."""


def _look(take: Take, folder: Path, names: list[str], states: dict[str, State], scale: float, height: int) -> None:
    """A contact sheet of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        taken = ((told, take(PAGES[name], state, int(height / scale))) for told, state in states.items())
        if pictures := [(f"{name} {told}", picture) for told, picture in taken if picture]:
            _sheet(pictures, scale).save(folder / f"{name}.png")
            print(name)


def _draw(take: Take, names: list[str]) -> None:
    """The pictures in docs/, small: few colours are enough for pages."""
    for name in names:
        pictures = [(where, take(where, STATES[told], height)) for where, told, height in PICTURES[name]]
        sheet = _sheet(pictures, SHRUNK if len(pictures) > 2 else 0.5, named=False)
        sheet.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(
            HERE / name, optimize=True
        )
        print(name)


def main() -> None:
    asks = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asks.add_argument("--look", type=Path, metavar="FOLDER", help="contact sheets there, not the pictures in docs/")
    asks.add_argument("--only", default="", help="names of pages, or of pictures in docs/, with commas")
    asks.add_argument("--states", default="", help="names of states, with commas")
    asks.add_argument("--scale", type=float, default=0.45, help="how much smaller")
    asks.add_argument("--height", type=int, default=1500, help="of a sheet, in its own pixels")
    wanted = asks.parse_args()
    names = [
        name
        for name in (PAGES if wanted.look else PICTURES)
        if name in (wanted.only.split(",") if wanted.only else name)
    ]
    states = {
        name: state for name, state in STATES.items() if name in (wanted.states.split(",") if wanted.states else name)
    }
    shown = [PAGES[name] for name in names] if wanted.look else [page for name in names for page, *_ in PICTURES[name]]
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        needed = sorted({page.split()[0] for page in shown})
        hosts = {name: stack.enter_context(_served(_newsroom(root / name, name))) for name in needed}
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"])

        def take(where: str, state: State, most: int) -> Image.Image | None:
            newsroom, path = where.split()
            return _take(browser, hosts[newsroom] + path, state, most)

        if wanted.look:
            _look(take, wanted.look, names, states, wanted.scale, wanted.height)
        else:
            _draw(take, names)


if __name__ == "__main__":
    main()
