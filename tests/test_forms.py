"""The services behind forms: what site.toml may say of each, and what each is told."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from newsroom.config import parse
from newsroom.errors import NewsroomError, text
from newsroom.forms import FORMS, check, origin, sending, through

DOCS = (Path(__file__).parent.parent / "docs" / "forms.md").read_text("utf-8")
GOOD = {name: row.example for name, row in FORMS.items()}


def site(service, endpoint):
    lines = ['title = "Northwind"', 'url = "https://news.example.com"', "[contact]"]
    lines += [f'{key} = "{value}"' for key, value in (("service", service), ("endpoint", endpoint)) if value]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(("service", "endpoint"), GOOD.items())
def test_the_example_of_each_row_is_good(service, endpoint):
    """And site.toml takes it."""
    assert [] == list(check(service, endpoint))
    assert service == parse(site(service, endpoint)).contact.service


@pytest.mark.parametrize(
    ("service", "endpoint", "key", "said", "hint"),
    [
        ("formspre", "", "service", 'unknown form service "formspre"', 'did you mean "formspree"?'),
        ("", "abc", "endpoint", "none is named", "add service ="),
        ("netlify", "abc", "endpoint", "Netlify has no endpoint", "take endpoint out"),
        ("formspree", "", "service", "formspree needs endpoint, the form's id", 'endpoint = "xkgwpqzb"'),
        ("formspree", "https://formspree.io/f/xkgwpqzz", "endpoint", "is not the form's id", '"xkgwpqzz"'),
        ("formspree", "maya@example.com", "endpoint", "would stand in every page", "Formspree gives out the form's id"),
        ("formsubmit", "maya@example.com", "endpoint", "would stand in every page", "the random text"),
        ("basin", "no id", "endpoint", "is not the form's id", "1a2b3c4d5e6f"),
        ("web3forms", "123", "endpoint", "is not the access key", "0e1a7d6c"),
        ("endpoint", "http://forms.example.com/", "endpoint", "is not a path of this host, or an https address", "https://"),
        ("endpoint", "forms.example.com/x", "endpoint", "is not a path", "https://"),
        ("endpoint", "https://maya@forms.example.com/", "endpoint", "is not a path", "https://"),
        ("endpoint", "mailto:maya@example.com", "endpoint", "is not a path", "https://"),
        ("endpoint", "https://x.example; script-src *", "endpoint", "is not a path", "https://"),
        ("cloudflare", "//evil.example/x", "endpoint", "is not the path of your function", "/api/contact"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_told_with_its_line_and_the_next_step(service, endpoint, key, said, hint):
    """An e-mail address above all: it would be in every page."""
    with pytest.raises(NewsroomError) as error:
        parse(site(service, endpoint))
    (problem,) = error.value.problems

    assert said in problem.message
    assert hint in problem.hint
    line = site(service, endpoint).decode().split("\n").index(f'{key} = "{service if key == "service" else endpoint}"')
    assert text(problem).startswith(f"site.toml:{line + 1}:1: ")


@pytest.mark.parametrize(
    ("service", "endpoint", "wanted"),
    [
        ("netlify", "", ""), ("formspree", "xkgwpqzb", "https://formspree.io"), ("basin", "x", "https://usebasin.com"),
        ("web3forms", "x", "https://api.web3forms.com"), ("formsubmit", "x", "https://formsubmit.co"),
        ("cloudflare", "/api/contact", ""), ("cloudflare", "https://x.pages.dev/api", "https://x.pages.dev"),
        ("endpoint", "https://Forms.example.com:8443/a?b=c", "https://forms.example.com:8443"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_policy_needs_the_origin_and_nothing_more(service, endpoint, wanted):
    """Not the path, not the letters' case."""
    assert wanted == origin(service, endpoint)


@pytest.mark.parametrize(("service", "endpoint"), GOOD.items())
def test_no_service_is_told_a_recipient(service, endpoint):
    """Who gets the message is set at the service: no field copies it to anybody."""
    sent = sending(service, endpoint, "Re: A lens", "/thanks/", "https://news.example.com/thanks/")

    assert not {"_cc", "_bcc", "cc", "ccemail", "to", "_to", "_autoresponse"} & {name for name, _ in sent.fields}
    assert "@" not in str(sent)
    assert not {"name", "email", "message", "author", "post_url", "post_title"} & {sent.trap, *dict(sent.fields)}
    assert through(service, endpoint) or endpoint.startswith("/")


def test_netlify_finds_the_name_of_the_form_twice():
    """The hidden field is what Netlify puts in when it reads the page; with it the page works as it is."""
    sent = sending("netlify", "", "Hi", "/thanks/", "")

    assert dict(sent.attributes)["name"] == dict(sent.fields)["form-name"]
    assert dict(sent.attributes)["netlify-honeypot"] == sent.trap
    assert "/thanks/" == sent.action


def test_every_service_is_in_the_documentation():
    """With what it wants, an example, the trap's name and what a reader sees after sending."""
    rows = {
        cells[0].strip("` "): " ".join(cells)
        for line in DOCS.split("\n")
        if line.startswith("| `") and len(cells := line.strip("|").split("|")) == 5
    }

    assert list(FORMS) == list(rows)
    for name, row in FORMS.items():
        for words in filter(None, (row.wants, row.example, row.trap, row.thanks)):
            assert words in rows[name]


# ── the function for Cloudflare Pages that docs/forms.md shows ───────────────────────────────────────────────────────

ASKED = """
const { onRequestPost } = await import(process.argv[2]);
const sent = [];
globalThis.fetch = async (to, what) => (sent.push([to, JSON.parse(what.body)]), { ok: process.argv[4] !== "down" });
const env = { PEOPLE: '{"maya": "maya@example.com"}', SENDER: "form@example.com", MAIL_URL: "https://mail.example/send", MAIL_KEY: "k" };
const body = new URLSearchParams(process.argv[3]);
const request = new Request("https://news.example.com/api/contact", { method: "POST", body, headers: { Origin: process.argv[5] } });
const answer = await onRequestPost({ request, env });
console.log(JSON.stringify([answer.status, answer.headers.get("Location"), sent]));
"""
WELL = "author=maya&email=ada%40reader.example&message=Why%3F&name=Ada&post_url=https://news.example.com/a/&subject=Re&website="


@pytest.mark.skipif(not shutil.which("node"), reason="no node here: it runs the function")
@pytest.mark.parametrize(
    ("body", "state", "origin_", "wanted"),
    [
        (WELL, "up", "https://news.example.com", (303, ["maya@example.com"])),
        (WELL, "down", "https://news.example.com", (502, ["maya@example.com"])),
        (WELL.replace("maya", "eve"), "up", "https://news.example.com", (400, [])),
        (WELL.replace("maya", "constructor"), "up", "https://news.example.com", (400, [])),
        (WELL.replace("=Why%3F", "="), "up", "https://news.example.com", (400, [])),
        (WELL.replace("ada%40reader.example", "nobody"), "up", "https://news.example.com", (400, [])),
        (WELL + "spam", "up", "https://news.example.com", (303, [])),
        (WELL, "up", "https://evil.example", (403, [])),
    ],
)
def test_the_function_in_the_documentation_sends_to_the_people_it_knows_alone(tmp_path, body, state, origin_, wanted):
    """Whatever a stranger sends: the address is looked up, never taken from the form."""
    (code,) = re.findall(r"^```js\n(.*?)^```", DOCS, re.M | re.S)
    (tmp_path / "contact.mjs").write_text(code)
    (tmp_path / "ask.mjs").write_text(ASKED)
    command = ["node", str(tmp_path / "ask.mjs"), str(tmp_path / "contact.mjs"), body, state, origin_]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "" == made.stderr
    status, location, sent = json.loads(made.stdout)

    assert wanted == (status, [letter["to"] for _, letter in sent])
    assert ("/thanks/" if status == 303 else None) == location
    assert all(letter["reply_to"] == "ada@reader.example" for _, letter in sent)
