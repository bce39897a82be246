"""Every built page, before the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from typing import Any


def test_every_page_is_valid_html(built_sample: Any, vnu: list[str]) -> None:
    """The checker has neither an error nor a warning about any page."""
    # to the checker a file's address is another origin than 'self': what the policy allows, tests/browser/test_policy.py tells
    own = "Resource violates Content Security Policy \\(meta tag\\): [a-z ]+ “/[^/].*"
    command = [
        *vnu,
        "--filterpattern",
        own,
        "--skip-non-html",
        "--format",
        "json",
        "--stdout",
        str(built_sample.root / "public"),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300)
    messages = json.loads(answer.stdout)["messages"]
    found = [
        f"{message['url'].split('/public/')[-1]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in messages
        if (message["type"] != "info" or message.get("subType") == "warning") and not is_data(message)
    ]

    assert [] == found, "\n".join(map(str, found))


def is_data(message: dict[str, Any]) -> bool:
    """Whether it takes JSON-LD for a script. A browser never runs such a block, and asks no policy about it (HTML, 4.12.1.1)."""
    written = '<script type="application/ld+json">' in message.get("extract", "")
    return written and message["message"].startswith("Inline script violates Content Security Policy")
