"""The documentation is the code's: every key, setting, kind, command, rule and option is in it, and its examples run."""

import json
import os
import re
import shlex
import subprocess
import tomllib
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.build import Options
from newsroom.channels import CHANNELS
from newsroom.check.rules import RULES
from newsroom.cli import COMMANDS, parser
from newsroom.commands.check import check
from newsroom.providers import PROVIDERS
from newsroom.read.schema import COMMENT, CONVERSATION, FRONT, ONLY, PAGE, PERSON, POST, PRESS, TOPIC
from newsroom.read.values import Reader
from newsroom.render.pages import PAGES
from newsroom.render.theme import load
from newsroom.settings import KINDS, Config

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def doc(name):
    """A page of the documentation."""
    return (DOCS / name).read_text("utf-8")


def sections(text):
    """Heading -> what stands below it, up to the next."""
    parts = re.split(r"^#{2,3} (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text):
    """First cell, without its backticks -> the other cells, of each row of the tables in a text."""
    cells = (
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in text.split("\n")
        if line.startswith("| `")
    )
    return {first.strip("`"): rest for first, *rest in cells}


REFERENCE = sections(doc("reference.md"))

# ── site.toml ────────────────────────────────────────────────────────────────────────────────────────────────────────


def settings():
    """Heading of the reference -> the settings below it."""
    found = {"The site itself": []}
    for top in fields(Config):
        kind = top.default_factory if isinstance(top.default_factory, type) else None
        if kind and is_dataclass(kind):
            found[f"[{top.name}]"] = [each for each in fields(kind) if each.metadata["help"]]
        elif top.metadata:
            found["The site itself"].append(top)
    return found


SETTINGS = settings()


def default(heading, setting):
    """A setting's default as site.toml would say it; nothing where it is empty."""
    value = setting.default if setting.default is not MISSING else setting.default_factory()
    if heading == "The site itself" and setting.name in ("title", "url"):
        return "required"
    return "" if value in ("", (), {}) else f"`{json.dumps(value)}`"


@pytest.mark.parametrize("heading", SETTINGS)
def test_every_setting_is_in_the_reference(heading):
    """And nothing else: each with its default, what it does, and the values that it may have."""
    shown = rows(REFERENCE[heading])

    assert list(shown) == [setting.name for setting in SETTINGS[heading]]
    for setting in SETTINGS[heading]:
        kept, says = shown[setting.name]
        assert kept == default(heading, setting), setting.name
        assert says.startswith(setting.metadata["help"]), setting.name
        assert all(f'`"{choice}"`' in says for choice in setting.metadata["choices"]), setting.name


def used(heading, setting):
    """Whether any module but config.py reads a setting."""
    owner = (
        r"(config|settings|c)" if heading == "The site itself" else rf"({heading.strip('[]')}|settings|comments|posts)"
    )
    source = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "newsroom").rglob("*.py") if path.name != "config.py"
    )
    return re.search(rf"\b{owner}\.{setting.name}\b", source)


def test_a_setting_that_does_nothing_says_so():
    """Nobody sets a key and waits for what will not happen; and none says so once it does something."""
    for heading, table in SETTINGS.items():
        for setting in table:
            says = rows(REFERENCE[heading])[setting.name][1]
            assert ("Not used yet." in says) == (not used(heading, setting)), f"{heading} {setting.name}"


# ── front matter ─────────────────────────────────────────────────────────────────────────────────────────────────────


def inner(key):
    """The keys of the map that a key takes: those that its own hint lists."""
    reader = Reader("a.md", "UTC")
    for probe in ({"?": "x"}, [{"?": "x"}]):
        key.type(probe, ("key",), reader)
    hints = [problem.hint.partition("It has these keys: ")[2].rstrip(".") for problem in reader.problems]
    return next((hint.split(", ") for hint in hints if hint), [])


def every(keys):
    """The keys, and those of the maps in them."""
    return {name for outer, key in keys.items() for name in (outer, *(f"{outer}.{each}" for each in inner(key)))}


NOUNS = {
    "A person": PERSON,
    "A topic": TOPIC,
    "A page": PAGE,
    "The press room": PRESS,
    "The front page": FRONT,
    "An archived conversation": CONVERSATION,
    "A comment in it": COMMENT,
    "A post": {n: k for n, k in POST.items() if n not in sum(ONLY.values(), ())},
}
NOUNS |= {f"kind: {kind}": {name: POST[name] for name in names} for kind, names in ONLY.items()}


@pytest.mark.parametrize("heading", NOUNS)
def test_every_key_of_front_matter_is_in_the_reference(heading):
    """And nothing else: the keys of the maps in it too."""
    assert set(rows(REFERENCE[heading])) == every(NOUNS[heading])


def test_the_maps_of_front_matter_are_looked_into():
    """The test above would say nothing of them if their keys could not be found."""
    assert inner(POST["image"]) == ["file", "alt", "credit", "caption", "focus"]
    assert {name for name, key in {**POST, **PERSON}.items() if inner(key)} == {
        "image", "help", "corrections", "comments", "quotes", "media", "photo", "answers", "office_hours", "status", "preview",
    }  # fmt: skip


def test_every_word_that_a_key_takes_is_in_the_reference():
    """Kinds, states, kinds of correction and of help."""
    from newsroom.read import values

    for heading, name, words in (
        ("A post", "kind", KINDS), ("A post", "help.how", values.HELP), ("A post", "corrections.kind", values.CORRECTIONS),
        ("A person", "status", values.STATES), ("A person", "answers.reads", ("all", "some", "none")),
    ):  # fmt: skip
        says = rows(REFERENCE[heading])[name][0]
        assert [word for word in words if f"`{word}`" not in says] == [], name


# ── tables elsewhere ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("page", "table"), [("channels.md", CHANNELS), ("comments.md", PROVIDERS)])
def test_every_row_of_a_table_is_on_its_page(page, table):
    """Channels and comment services."""
    assert [name for name in table if f"`{name}`" not in doc(page)] == []


def test_every_command_is_in_the_reference():
    """With what it does, its arguments and its example."""
    shown = rows(REFERENCE["Commands"])

    assert list(shown) == [f"newsroom {command.name}" for command in COMMANDS]
    for command in COMMANDS:
        says, arguments, example = shown[f"newsroom {command.name}"]
        assert (says, example) == (f"{command.help[0].upper()}{command.help[1:]}.", f"`{command.example}`")
        for names, settings in command.arguments:
            known = [*names, settings.get("metavar", "")]
            assert any(f"`{name}" in arguments for name in known if name), f"{command.name} {names[0]}"


def test_every_command_line_in_the_documentation_parses():
    """In the README and in every page: no command or option that is not there."""
    for page in (ROOT / "README.md", *DOCS.glob("*.md")):
        for block in re.findall(
            r"^```(?:sh|console|shell|bash)\n(.*?)^```", page.read_text("utf-8"), flags=re.M | re.S
        ):
            for line in block.split("\n"):
                words = shlex.split(line.removeprefix("$ "), comments=True)
                if words[:1] == ["newsroom"] and words[1:] not in (["--help"], ["--version"]) and "--help" not in words:
                    arguments = words[1 : words.index(">")] if ">" in words else words[1:]
                    assert parser().parse_args(arguments), f"{page.name}: {line}"


def test_every_template_and_option_of_the_default_theme_is_in_its_page(tmp_path):
    """With the templates that pages are made with."""
    theme, page = load(tmp_path, "default", {}), doc("themes.md")

    assert [name for name in theme.options if f"`{name}`" not in page] == []
    assert [kind.template for kind in PAGES.values() if f"`{kind.template}`" not in page] == []


def test_every_filter_and_function_is_in_the_page_on_themes():
    """Whoever writes a template finds them there."""
    from newsroom.render.words import FILTERS, FUNCTIONS
    from newsroom.views import SiteInfo

    info = SiteInfo(*[""] * len(SiteInfo._fields))
    names = {*FILTERS(info), *FUNCTIONS(info)}

    assert [name for name in names if not re.search(rf"`[^`]*\b{name}\b[^`]*`", doc("themes.md"))] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda page: page.name)
def test_every_link_in_the_documentation_leads_somewhere(page):
    """To a file, and to a heading in it."""
    for target in re.findall(
        r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.S)
    ):
        path, _, fragment = target.partition("#")
        assert (page.parent / path).exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.*)$", (page.parent / path).read_text("utf-8"), flags=re.M)
            assert fragment in [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings], (
                target
            )


# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHECKS = {
    heading.partition("`")[2].partition("`")[0]: (heading, text) for heading, text in sections(doc("checks.md")).items()
}
SITE = {
    "content/people/maya.md": "---\nname: Maya Okafor\ncontact: {email: maya@example.com}\n---\nMaya grinds lenses.\n",
    "content/pages/rules.md": "---\ntitle: House rules\n---\n\n## What we repair\n\nEverything.\n",
    "content/posts/crack.svg": "<svg/>",
    "content/posts/turning.gif": b"GIF89a\x01\0\x01\0\0\0\0" + b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0" * 2 + b";",
    "content/posts/orders.csv": "order,who\n1,maya@example.com\n",
    "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\nJonas mends.\n",
    "content/people/pete.md": "---\nname: Pete Harlow\nstatus: left\nsuccessor: jonas\n---\n",
    "content/people/ines.md": "---\nname: Ines Duarte\nstatus: left\nsuccessor: jonas\nkeep: initials\n---\n",
    "content/people/ada.md": "---\nname: Ada Brand\nstatus: away\n---\n",
    "content/posts/older.md": "---\ntitle: Older\nauthors: [jonas]\ndate: 2026-11-01\nid: 0\n---\nWords.\n",
    "content/comments/older.yaml": 'post: "0"\npulled: 2026-11-20T06:00:00Z\ncomments:\n' + "".join(
        f"- {{id: isso-{n}, date: 2026-11-0{n}T12:00:00Z, text: Why?}}\n"
        f"- {{id: isso-{n}0, reply_to: isso-{n}, account: isso/jonas1, date: 2026-11-0{n + 1}T08:00:00Z, text: So.}}\n"
        for n in range(2, 7)
    ),
}  # fmt: skip
POLICY = {"sign_off": ["release"], "review": ["answer"], "reviewers": {"answer": ["ada"]}}
IN_TWO = {
    "untranslated": {"languages": ["en", "de"]},
    "same-translation": {"languages": ["en", "de"], "check": {"severity": {"untranslated": "off"}}},
}
IN_GERMAN = {
    "content/pages/rules.de.md": "---\ntitle: Hausordnung\n---\n\n## Was wir reparieren\n\nAlles.\n",
    "content/people/maya.de.md": "---\nrole: Optikerin\n---\nMaya schleift Linsen.\n",
    "content/people/jonas.de.md": "---\nrole: Mechaniker\n---\nJonas repariert.\n",
    "content/people/ada.de.md": "---\nrole: Leiterin\n---\n",
}
COMMENTS = {"provider": "isso", "isso": {"url": "https://comments.example.com"}}
DRAWN = {"no-font": {"cards": {"on": True}}}


def test_every_rule_is_on_its_page_in_the_order_of_the_table():
    """With its severity, and the sentence that the table gives."""
    assert list(CHECKS) == list(RULES)
    for code, rule in RULES.items():
        heading, says = CHECKS[code]
        assert heading == f"`{code}` ({rule.severity})"
        assert says.strip().replace("\n", " ").startswith(rule.why), code


def committed(root, day):
    """Make a folder a repository, with one commit of that day."""
    who = {f"GIT_{role}_{part}": "maya@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    env = who | {
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PATH": os.environ["PATH"],
    }
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Words"]):
        subprocess.run(["git", *words], cwd=root, env=env, check=True)


@pytest.mark.parametrize("code", RULES)
def test_each_rule_reports_its_bad_example_and_nothing_in_the_good_one(make_site, code):
    """The examples are those that the page shows."""
    found, paths, was = {}, {}, {}
    for word, path, text in re.findall(
        r"^(Was|Reported|Good): `([^`]+)`\n\n```(?:markdown|yaml|toml)\n(.*?)^```", CHECKS[code][1], flags=re.M | re.S
    ):
        paths[word] = path
        if word == "Was":
            was = {path: text}
            continue
        settings = {"policy": POLICY, "comments": COMMENTS} | IN_TWO.get(code, {}) | DRAWN.get(code, {})
        settings |= tomllib.loads(text) if path == "site.toml" else {}
        shown = was or ({path: text} if path != "site.toml" else {})
        site = make_site(SITE | (IN_GERMAN if code == "untranslated" else {}) | shown, **settings)
        if was:  # the rule compares with what was committed when the post was published
            committed(site.root, "2026-11-02T12:00:00+00:00")
            site.write(path, text)
        found[word] = [
            (p.code, p.location.path) for p in check(site.root, Options(moment=datetime(2026, 11, 21, tzinfo=UTC)))
        ]

    assert found == {"Reported": [(code, paths["Reported"])], "Good": []}
