"""Owns what front matter may say: a table of keys for each noun. What the values mean is for `values` to say."""

from __future__ import annotations

from newsroom.read.fields import (
    STATUS,
    accounts,
    anchor,
    comments,
    consent,
    contacts,
    either,
    image,
    path,
    quote,
    secret,
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
from newsroom.settings import KINDS

FACT = {
    "file": Key(line, ""),
    "high": Key(line, ""),
    "alt": Key(text, ""),
    "credit": Key(text, ""),
    "caption": Key(text, ""),
    "licence": Key(text, ""),
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
    "photo": Key(image, "A file beside this one, or a map with file, alt, credit, focus."),
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
    "words": Key(some(text), "Her own words, which the voice check leaves alone.", ()),
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
    "series": Key(text, "The series that this is a part of, by its name; parts are in the order of their dates."),
    "summary": Key(text, "One or two sentences; default: the first paragraph."),
    "image": Key(image, "The picture: a file beside this one, or a map with file, alt, credit, caption, focus.", None),
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
    "ready": Key(day, "Since when a post that is not public waits for somebody to read it."),
    "reviewed_by": Key(by_name(day), "Who read it, and when.", {}),
    "preview": Key(
        record({"key": Key(secret, ""), "until": Key(moment, ""), "for": Key(text, "")}, "key", "until"),
        "A copy for reviewers, at an address nobody can guess; written by newsroom preview.",
        {},
    ),  # fmt: skip
    "corrections": Key(some(record(CORRECTION, "date", "text")), "What changed after publication.", ()),
    "answers_to": Key(some(line), "Comments and posts that prompted this one.", ()),
    "next_update": Key(moment, "statement: when we will say more."),
    "comments": Key(comments, "off, or a map: provider, thread, open.", {}),
    "contact": Key(some(line), "Keys of people to talk to instead of the authors.", ()),
    "answers": Key(record(ANSWERS), "Who answers about this post, and when, where it is not as usual.", {}),
    "aliases": Key(some(path), "Old addresses that lead here.", ()),
    "translation": Key(line, "The same key in every language; default: the file's path without its language."),
    "language": Key(tag, "BCP 47; default: the site's, or what the file's name says."),
    "slug": Key(slug, "The last part of the address; default: the file's name."),
    "id": Key(line, "Identity in feeds and comments; never change it."),
    # kinds
    "dateline": Key(text, "release: where and when."),
    "facts": Key(some(text), "release: what a journalist needs, a line each.", ()),
    "quotes": Key(some(quote), "release: words of named people, signed off by them.", ()),
    "media": Key(some(record(FACT, "file")), "release: pictures in low and high resolution.", ()),
    "contacts": Key(some(line), "release: keys of people who know the item.", ()),
    "known": Key(some(text), "statement: what we know.", ()),
    "unknown": Key(some(text), "statement: what we do not know.", ()),
    "doing": Key(some(text), "statement: what we do.", ()),
    "closed": Key(day, "statement: since when it is over."),
    "question": Key(text, "answer: the question."),
    "asked_by": Key(text, "answer: who asked, as they agreed to be named."),
    "led_to": Key(some(text), "answer: what it led to, a line each.", ()),
}
ONLY = {
    "release": ("dateline", "facts", "quotes", "media", "contacts"),
    "statement": ("known", "unknown", "doing", "next_update", "closed"),
    "answer": ("question", "asked_by", "led_to"),
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

PRESS: dict[str, Key] = {
    "title": Key(text, "The heading of a fact sheet, or of the press room."),
    "summary": Key(text, "One sentence; default: the first paragraph."),
    "from": Key(
        day,
        "boilerplate: the first day on which it is what the company says of itself. Fact sheet: the day its figures are of.",
    ),
    "contacts": Key(
        some(line), "index: keys of the people whom journalists may ask; default: company.press_contacts.", ()
    ),
    "logos": Key(some(record(FACT, "file")), "index: logos and pictures for print.", ()),
    "coverage": Key(
        some(
            record(
                {
                    "title": Key(text, "The headline."),
                    "outlet": Key(text, "Who published it."),
                    "url": Key(website, "Where."),
                    "date": Key(day, "When."),
                    "language": Key(tag, "BCP 47, where it is not the site's."),
                },
                "title",
                "outlet",
                "date",
            )
        ),
        "index: what others wrote about us.",
        (),
    ),  # fmt: skip
    "draft": Key(flag, "Not published.", False),
}

FRONT: dict[str, Key] = {
    "lead": Key(line, "The post that leads: its path below content/posts/, or its address."),
    "pinned": Key(
        some(record({"post": Key(line, "Its path or address."), "until": Key(moment, "Until when.")}, "post")),
        "Posts that follow it, in this order, each until a moment.",
        (),
    ),  # fmt: skip
    "sections": Key(
        some(
            either(
                record(
                    {
                        "title": Key(text, "The heading; default: the kind's or the topic's name."),
                        "kind": Key(choice(*KINDS), "Posts of this kind."),
                        "topic": Key(line, "Posts on this topic."),
                        "posts": Key(number, "How many; default: 3."),
                    }
                )
            )
        ),
        "Below the newest voices: posts of a kind or on a topic.",
        (),
    ),  # fmt: skip
    "newest": Key(number, "How many of the newest voices; default: 10."),
}

PAGE: dict[str, Key] = {
    "title": Key(text, "The page's heading."),
    "summary": Key(text, "For search engines; default: the first paragraph."),
    "slug": Key(slug, "The address; default: the file's name."),
    "menu": Key(flag, "Link it from every page's foot.", False),
    "language": Key(tag, "BCP 47; default: the site's, or what the file's name says."),
    "translation": Key(line, "The same key in every language; default: the file's path without its language."),
    "draft": Key(flag, "Not published.", False),
    "aliases": Key(some(path), "Old addresses that lead here.", ()),
}

TRANSLATION: dict[str, dict[str, Key]] = {
    "people": {name: PERSON[name] for name in ("name", "short_name", "role", "team", "pronouns", "quote", "ask_me_about")},
    "topics": {name: TOPIC[name] for name in ("name",)},
}
"""Folder -> what `<key>.<language>.md` in it may say otherwise; everything else stands in `<key>.md`."""
