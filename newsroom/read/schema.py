"""Owns what front matter may say: a table of keys for each noun. What the values mean is for `values` to say."""

from __future__ import annotations

from newsroom.config import KINDS
from newsroom.read.fields import (
    STATUS,
    accounts,
    anchor,
    comments,
    consent,
    contacts,
    image,
    path,
    slug,
    state,
    website,
    within,
    words,
    zone,
)
from newsroom.read.values import (
    CORRECTIONS,
    HELP,
    Key,
    by_name,
    choice,
    clock,
    day,
    day_or_flag,
    flag,
    line,
    moment,
    number,
    record,
    some,
    tag,
    text,
    weekday,
)

FACT = {
    "file": Key(line, ""),
    "high": Key(line, ""),
    "alt": Key(text, ""),
    "credit": Key(text, ""),
    "caption": Key(text, ""),
}

ANSWERS = {
    "reads": Key(choice("all", "some", "none"), "How many messages she reads."),
    "by": Key(some(line), "Keys of those who write the replies."),
    "within": Key(within, "2 working days."),
    "hours": Key(text, "Mon-Fri 10:00-16:00."),
    "languages": Key(some(tag), "BCP 47 tags of the languages in which answers come; default: those of the person."),
    "not_for": Key(text, "What to send elsewhere, and where."),
    "paused": Key(day_or_flag, "true, or the day from which on answers are given again."),
    "checked": Key(day, "When somebody last confirmed this."),
}

PERSON: dict[str, Key] = {
    "name": Key(text, "The name a reader would call out."),
    "short_name": Key(text, "How she is called in a sentence; default: the name's first word."),
    "role": Key(text, "What she does, in words that a neighbour understands."),
    "team": Key(text, "With whom."),
    "executive": Key(flag, "Leads the company: what she promises needs a deputy who keeps it too.", False),
    "pronouns": Key(line, "she/her, he/him, they/them; without it the name is used."),
    "quote": Key(text, "A line in her own words."),
    "since": Key(line, "Here since: a year."),
    "photo": Key(image, "A file beside this one, or a map with file, alt, credit."),
    "languages": Key(some(tag), "BCP 47 tags."),
    "topics": Key(some(line), "Keys of topics."),
    "ask_me_about": Key(some(text), "A few words each."),
    "contact": Key(contacts, "Channels she agreed to publish; see docs/channels.md.", {}),
    "answers": Key(
        record(ANSWERS),
        "Who answers, and when; see docs/answers.md.",
        {},
    ),  # fmt: skip
    "timezone": Key(zone, "IANA zone of her hours; default: the site's."),
    "office_hours": Key(
        some(
            record(
                {
                    "every": Key(weekday, "Tuesday."),
                    "at": Key(clock, "15:00."),
                    "minutes": Key(number, "60."),
                    "where": Key(text, "An address or a place."),
                    "from": Key(day, "First day."),
                    "until": Key(day, "Last day."),
                    "except": Key(some(day), "Days without."),
                },
                "every",
                "at",
            )
        ),
        "When she can be talked to.",
        (),
    ),  # fmt: skip
    "status": Key(state, "active, away, moved or left.", {}),
    **STATUS,
    "feed_aliases": Key(some(path), "Old addresses of her feeds.", ()),
    "accounts": Key(accounts, "What comment services call her, so that her replies are marked.", {}),
    "consent": Key(consent, "What may be shown, and until when.", {}),
}

CORRECTION = {
    "date": Key(day, "When."),
    "kind": Key(choice(*CORRECTIONS), "correction, clarification, update, retraction."),
    "by": Key(line, "Who."),
    "text": Key(text, "What was wrong, and what is right."),
}

POST: dict[str, Key] = {
    "title": Key(text, "The headline, as plain text."),
    "authors": Key(some(line), "Keys of people: the byline."),
    "date": Key(moment, "Publication; in the future it waits."),
    "updated": Key(moment, "The last change that matters to a reader."),
    "kind": Key(choice(*KINDS), "post, release, statement, answer."),
    "topics": Key(some(line), "Keys of topics."),
    "summary": Key(text, "One or two sentences; default: the first paragraph."),
    "image": Key(image, "The picture: a file beside this one, or a map with file, alt, credit, caption.", None),
    "draft": Key(flag, "Not published.", False),
    "embargo": Key(moment, "In no output before then."),
    "expires": Key(moment, "In no output from then on."),
    "signed_off": Key(by_name(day), "Who said when: these are my words.", {}),
    "help": Key(
        some(
            record(
                {
                    "how": Key(choice(*HELP), ""),
                    "by": Key(line, ""),
                    "note": Key(text, ""),
                },
                "how",
            )
        ),
        "How the words came about, shown under the byline.",
        (),
    ),  # fmt: skip
    "reviewed_by": Key(by_name(day), "Who read it, and when.", {}),
    "corrections": Key(some(record(CORRECTION, "date", "text")), "What changed after publication.", ()),
    "answers_to": Key(some(line), "Comments and posts that prompted this one.", ()),
    "next_update": Key(moment, "statement: when we will say more."),
    "comments": Key(comments, "off, or a map: provider, thread, open.", {}),
    "contact": Key(some(line), "Keys of people to talk to instead of the authors.", ()),
    "answers": Key(record(ANSWERS), "Who answers about this post, and when, where it is not as usual.", {}),
    "aliases": Key(some(path), "Old addresses that lead here.", ()),
    "translation": Key(line, "The same key in every language."),
    "language": Key(tag, "BCP 47; default: the site's."),
    "slug": Key(slug, "The last part of the address; default: the file's name."),
    "id": Key(line, "Identity in feeds and comments; never change it."),
    # kinds
    "dateline": Key(text, "release: where and when."),
    "facts": Key(some(text), "release: what a journalist needs, a line each.", ()),
    "quotes": Key(
        some(record({"by": Key(line, ""), "text": Key(text, ""), "signed_off": Key(day, "")}, "by", "text")),
        "release: words of named people, signed off by them.",
        (),
    ),  # fmt: skip
    "media": Key(some(record(FACT, "file")), "release: pictures in low and high resolution.", ()),
    "contacts": Key(some(line), "release: keys of people who know the item.", ()),
    "known": Key(some(text), "statement: what we know.", ()),
    "unknown": Key(some(text), "statement: what we do not know.", ()),
    "doing": Key(some(text), "statement: what we do.", ()),
    "closed": Key(day, "statement: since when it is over."),
    "question": Key(text, "answer: the question."),
    "asked_by": Key(text, "answer: who asked, as they agreed to be named."),
}
ONLY = {
    "release": ("dateline", "facts", "quotes", "media", "contacts"),
    "statement": ("known", "unknown", "doing", "next_update", "closed"),
    "answer": ("question", "asked_by"),
}
"""Keys that belong to one kind."""

CONVERSATION: dict[str, Key] = {
    "post": Key(line, "The id of the post that this was said below."),
    "pulled": Key(moment, "Everything up to then is here; absent where only an export was imported."),
    "closed": Key(text, "By hand: why nobody need answer here any more."),
}
COMMENT: dict[str, Key] = {
    "id": Key(anchor, "The comment's own: its address on the page, after #comment-."),
    "reply_to": Key(anchor, "The id of the comment that it answers."),
    "name": Key(line, "Who wrote it, as they called themselves."),
    "site": Key(website, "Their own page."),
    "account": Key(line, "Who wrote it, as the service tells people apart: github/ada."),
    "person": Key(line, "Key of the employee who wrote it; without it, whoever declares the account."),
    "date": Key(moment, "When."),
    "edited": Key(moment, "When the words were last changed there."),
    "text": Key(words, "The words, as Markdown."),
    "html": Key(words, "The words, where the service keeps HTML."),
    "seen": Key(line, "Digest of the words as the service last had them: tells a change there from a change here."),
    "ignore": Key(text, "By hand: why it waits for no answer."),
    "deleted": Key(flag, "Removed at the service; here because somebody answered it.", False),
    "redacted": Key(some(choice("name", "words")), "What was removed for good, by newsroom comments redact.", ()),
}

TOPIC: dict[str, Key] = {
    "name": Key(text, "The topic in words."),
    "people": Key(some(line), "Keys of those who speak for it, in order.", ()),
    "feed_aliases": Key(some(path), "Old addresses of its feeds.", ()),
}

PAGE: dict[str, Key] = {
    "title": Key(text, "The page's heading."),
    "summary": Key(text, "For search engines; default: the first paragraph."),
    "slug": Key(slug, "The address; default: the file's name."),
    "menu": Key(flag, "Link it from every page's foot.", False),
    "draft": Key(flag, "Not published.", False),
    "aliases": Key(some(path), "Old addresses that lead here.", ()),
}
