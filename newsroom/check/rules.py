"""Owns RULES: what a site can get wrong beyond what stops a build. Each rule is a pure function of the Site."""

from __future__ import annotations

from collections.abc import Mapping

from newsroom.check import conversation, files, leaving, links, people, posts, promised
from newsroom.check.rule import Checked, Rule

__all__ = ["RULES", "Checked", "Rule"]

RULES: Mapping[str, Rule] = {
    "no-id": Rule("warning", "A post's identity must not hang on its file name.", posts.no_id),
    "placeholder": Rule("warning", "A post says more than the sentence that `newsroom new` wrote.", posts.placeholder),
    "empty-body": Rule("warning", "A post or page has something to read below its title.", posts.empty_body),
    "unread-file": Rule("warning", "What looks like content is read.", posts.unread_file),
    "broken-link": Rule("error", "A link inside the site leads somewhere.", links.broken_links),
    "broken-anchor": Rule("error", "A link to a heading finds it.", links.broken_anchors),
    "missing-alt": Rule("warning", "A picture says what can be seen, or that it only decorates.", posts.missing_alt),
    "address-in-file": Rule("error", "An attached file shows no e-mail address that pages do not show.", files.address_in_file),
    "unreachable": Rule("warning", "Whoever writes can be reached.", people.unreachable),
    "no-successor": Rule("error", "When somebody leaves, somebody else answers for the old posts.", leaving.no_successor),
    "old-successor": Rule("warning", "Whoever stands in for somebody is there.", leaving.old_successor),
    "no-voice": Rule("warning", "Every topic has somebody who can be asked about it.", leaving.no_voice),
    "no-answerer": Rule("warning", "A promise of answers names those who write them.", promised.no_answerer),
    "stale-promise": Rule("warning", "What is said about answers was confirmed lately.", promised.stale_promise),
    "no-deputy": Rule("warning", "What an executive promises is kept by a deputy too.", promised.no_deputy),
    "paused-promise": Rule("warning", "A pause has an end, and is taken out when it is over.", promised.paused_promise),
    "unclear-hours": Rule("warning", "Hours are days and times, so that every language can say them.", promised.unclear_hours),
    "unclear-office-hours": Rule("warning", "Office hours can be put into a calendar.", people.unclear_office_hours),
    "consent-ends": Rule("warning", "What a person agreed to is renewed before it runs out.", leaving.consent_ends),
    "kept-name": Rule("warning", "Who left and agreed to initials alone is not named in a text.", leaving.kept_name),
    "overdue-update": Rule("warning", "An update that a statement promised has come.", posts.overdue_update),
    "unsigned": Rule("error", "Where the policy asks for it, the credited people said: these are my words.", posts.unsigned),
    "unsigned-quote": Rule("warning", "Whoever is quoted said: these are my words.", posts.unsigned_quote),
    "no-post": Rule("warning", "Every archived conversation belongs to a post.", conversation.no_post),
    "missing-comment": Rule("warning", "A comment that a post answers is in the archive.", conversation.missing_comment),
    "lost-reply": Rule("warning", "A comment that another answers is in the same file.", conversation.lost_reply),
    "old-archive": Rule("warning", "What readers said lately is in the archive.", conversation.old_archive),
    "broken-promise": Rule("warning", "Three of four questions are answered in the time that was promised.", conversation.broken_promise),
    "unproven-promise": Rule("warning", "Whoever promises answers is seen to give them.", conversation.unproven_promise),
}  # fmt: skip
"""Every rule of `newsroom check`, in the order of docs/checks.md."""
