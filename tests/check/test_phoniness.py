"""What pretends: tokens that nothing filled in, urgency without a day, contact that reaches somebody else."""

from newsroom.build import Options
from newsroom.commands.check import check
from newsroom.dates import parse

HEAD = "---\ntitle: A\nauthors: [maya]\ndate: 2026-11-02\nid: p%d\n---\n%s\n"
MAYA = "---\nname: Maya Okafor\ncontact: {email: maya@example.com, phone: +49 30 1234567}\n%s---\nBio\n"


def told(make_site, code, bodies=(), people={}, **settings):
    """What a rule says: the number of the post, or the key of the person, and the words in question."""
    files = {f"content/posts/p{n}.md": HEAD % (n, body) for n, body in enumerate(bodies)}
    files |= {
        "content/people/maya.md": MAYA % "",
        "content/people/jonas.md": "---\nname: Jonas Lind\ncontact: {email: jonas@example.com}\n---\nBio\n",
    }
    files |= {f"content/people/{key}.md": text for key, text in people.items()}
    problems = check(make_site(files, **settings).root, Options(moment=parse("2026-11-21", "UTC")))
    assert [] == [p for p in problems if p.severity == "error" and p.code != code]
    found = [p for p in problems if p.code == code]
    names = [p.location.path.rpartition("/")[2].removesuffix(".md") for p in found]
    return [
        (int(name[1:]) if name[1:].isdigit() else name, p.message.split('"')[1])
        for name, p in zip(names, found, strict=True)
    ]


def test_tokens_that_nothing_filled_in_are_found(make_site):
    """Of every program that sends mail."""
    bodies = ["Hi {{first_name}}, ok", "Hi {FIRSTNAME}!", "Hi %%name%%.", "Hi [First Name],", "Hi *|FNAME|*,", "Hi <<Name>>".replace("Name", "First Name"),
              "Hallo {{ Vorname }}", "Hallo [Nachname]", "Dear valued customer, it broke.", "Sehr geehrter Kunde, es brach.", "{% if name %}x"]  # fmt: skip

    assert list(range(len(bodies))) == sorted({n for n, _ in told(make_site, "mail-merge", bodies)})


def test_tokens_in_front_matter_are_found_at_their_key(make_site):
    """A title, a quotation, a correction."""
    post = (HEAD % (0, "Words")).replace(
        "title: A", 'title: "For {{ company }}"\nkind: release\nquotes: [{by: maya, text: "Hello [First Name]"}]'
    )
    post = post.replace("id:", 'corrections: [{date: 2026-11-03, text: "It was %%name%%."}]\nid:')
    maya = {"content/people/maya.md": MAYA % ""}
    problems = check(make_site(maya | {"content/posts/p0.md": post}).root, Options(moment=parse("2026-11-21", "UTC")))

    assert [(2, '"{{ company }}"'), (4, '"[First Name]"'), (7, '"%%name%%"')] == [
        (p.location.line, p.message.split(" is a")[0]) for p in problems if p.code == "mail-merge"
    ]


def test_what_is_meant_as_it_stands_is_no_token(make_site):
    """Code, links, editors' brackets, sums, dictionaries, quotation marks of others."""
    bodies = ["Write `{{first_name}}` there.", "```\nHi {{name}}\n```", "[Name](https://example.com)", "“We [the company] grind”", "It is {a, b} and 50 % or 5%.",
              "| a | b |\n|---|---|\n| name | email |", "f(x) = {x | x > 1}", "They wrote “Dear valued customer”.", "[sic] and [Jonas]", "Dear Maya, thank you."]  # fmt: skip

    assert [] == told(make_site, "mail-merge", bodies)


def test_hurry_without_a_day_is_found(make_site):
    """In English and German."""
    bodies = ["We repair. Act now!", "Don’t miss out!", "A limited-time offer for all.", "Last chance!", "It is your last chance to register.", "Only a few seats left.",
              "Jetzt zugreifen!", "Nur für kurze Zeit.", "Nur noch wenige Plätze sind frei.", "Verpassen Sie nicht unser Angebot."]  # fmt: skip

    assert list(range(len(bodies))) == [n for n, _ in told(make_site, "false-urgency", bodies)]


def test_a_true_deadline_and_other_peoples_hurry_are_left_alone(make_site):
    """A day, an hour, a quotation, code, a sentence that only has the words."""
    bodies = ["Last chance! Register by 30 November.", "Act now: the office closes at 15:00.", "They print “Act now!” on it.", "> Don’t miss out!\n\nSo they say.",
              "`act now`", "We must act now on glass.", "In a hurry, it breaks.", "It was the last chance to see her.", "Nur noch wenige Plätze bis Freitag.",
              "So you don’t miss the train.", "Our time is limited."]  # fmt: skip

    assert [] == told(make_site, "false-urgency", bodies)


def test_readers_are_sent_to_no_address_that_nobody_reads(make_site):
    """A link, `write to`, what is not for her; a text may say that one exists."""
    bodies = ["[us](mailto:no-reply@example.com)", "Write to noreply@example.com.", "<donotreply@example.com>",
              "Letters come from noreply@example.com and take no answers.", "[Nora](mailto:noreen@example.com)"]  # fmt: skip
    people = {"maya": MAYA % "answers: {not_for: Orders; write to no.reply@example.com}\n"}

    assert [("maya", "no.reply@example.com"), (0, "no-reply@example.com"), (1, "noreply@example.com"), (2, "donotreply@example.com")] == told(
        make_site, "noreply", bodies, people
    )  # fmt: skip


def test_a_mailbox_of_many_under_one_name_is_told(make_site):
    """Where nothing says who else reads it."""
    ways = ["{email: press@example.com}", "{email: Info@example.com}", "{email: team.kommunikation@example.com}", "{email: hr@example.com}\nanswers: {by: [jonas]}",
            "{email: hello@mayaokafor.example}", "{email: maya.press@example.com}", "{email: presser@example.com}"]  # fmt: skip
    people = {f"m{n}": f"---\nname: Maya Okafor\ncontact: {way}\n---\nBio\n" for n, way in enumerate(ways)}

    assert [0, 1, 2] == [n for n, _ in told(make_site, "shared-mailbox", people=people)]


def test_a_link_that_bears_one_name_and_reaches_another_is_told(make_site):
    """By mail, telephone, or to another's page."""
    bodies = ["[Maya Okafor](mailto:jonas@example.com)", "[Write to Jonas](mailto:maya@example.com?subject=x)", "[**Jonas** Lind](tel:+4930-1234567)",
              "[Maya Okafor](/people/jonas/)", "[Maya](person:jonas)", "[Maya](mailto:press@example.com)", "[Schreiben Sie an Maya](mailto:jonas@example.com)"]  # fmt: skip

    assert list(range(len(bodies))) == [n for n, _ in told(make_site, "strangers-link", bodies)]


def test_a_link_that_says_whom_it_reaches_is_left_alone(make_site):
    """Her own, an unknown address of hers, a page about her elsewhere, words without a name."""
    bodies = ["[Maya Okafor](mailto:maya@example.com)", "[Maya](person:maya)", "[Maya](mailto:okafor@home.example)", "[Maya Okafor](https://example.com/jonas)",
              "[Jonas, for Maya](mailto:jonas@example.com)", "[the workshop](tel:+49301234567)", "[Maya’s post](p0.md)"]  # fmt: skip

    assert [] == told(make_site, "strangers-link", bodies)


def test_one_way_under_two_people_is_told(make_site):
    """And one that bears another's name; unless somebody says who answers."""
    ways = ["{email: maya@example.com}", "{phone: +49 (0)30 123 45 67}", "{email: m.other@example.com, booking: https://cal.example/jonas}",
            "{email: jonas.lind@example.com}", "{phone: +49 30 1234567}\nanswers: {by: [z4, maya]}", "{email: zoe@example.com, booking: https://cal.example/zoe}"]  # fmt: skip
    people = {f"z{n}": f"---\nname: Zoe Adeyemi\ncontact: {way}\n---\nBio\n" for n, way in enumerate(ways)}

    assert [0, 1, 2, 3] == [n for n, _ in told(make_site, "strangers-link", people=people)]
