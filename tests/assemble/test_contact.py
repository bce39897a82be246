"""The talk-to-the-author block: a table of situations, and the words that are true in each."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.assemble.contact import consented, contact, sentence, state
from newsroom.model import Person
from newsroom.standing import fresh
from newsroom.views import Face, Hour

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PROMISE = {"reads": "all", "by": ("maya",), "within": "2 working days", "checked": "2026-10-01"}
BACK = "2027-01-11"


def a_person(key, name, pronouns="", **changes):
    """A person with nothing but a name."""
    empty = dict.fromkeys(Person._fields, "") | {"photo": None}
    maps = {field: {} for field in ("contact", "answers", "status", "consent")}
    tuples = dict.fromkeys(("languages", "topics", "ask_me_about", "office_hours", "links", "files"), ())
    names = {"key": key, "name": name, "short_name": name.split()[0], "pronouns": pronouns}
    return Person(**empty | maps | tuples | names | changes)


STAFF = (
    a_person(
        "maya", "Maya Okafor", "she/her", contact={"email": "maya@example.com", "mastodon": "@maya@social.example"}
    ),
    a_person("jonas", "Jonas Lind", "he/him", contact={"github": "jonas", "email": "jonas@example.com"}),
    a_person("lena", "Lena Brandt", "she/her", contact={"phone": "+49 30 1234567"}),
    a_person("alex", "Alex Kim", "they/them"),
    a_person("aino", "Aino Salo"),
    a_person("pete", "Pete Harlow", "he/him", contact={"email": "pete@example.com"}),
)


def crew(**changes):
    """The staff by key, some of them changed: crew(maya={"answers": {...}})."""
    return {person.key: person._replace(**changes.get(person.key, {})) for person in STAFF}


def faces(people):
    """Everybody's face."""
    return {
        p.key: Face(p.key, p.name, p.short_name, "", "", "", None, "", "", "active", "", 0, p.key.ljust(32, "0"))
        for p in people.values()
    }


def block(keys, moment=NOW, mode="public", own=False, **changes):
    """The block of a page that names `keys`."""
    people = crew(**changes)
    return contact(keys, people, faces(people), mode, moment, timezone="Europe/Berlin", own=own)


def gone(successor="", **more):
    return {"status": {"state": "left", "on": "2026-05-29", "successor": successor} | more}


def away(cover="", until=BACK):
    return {"status": {"state": "away", "until": until, "cover": cover}}


def says(**answers):
    """The promise with some keys changed; None takes one out."""
    return {"answers": {key: value for key, value in (PROMISE | answers).items() if value is not None}}


SENTENCES = {
    "nothing promised": ("maya", {}, ""),
    "herself": (
        "maya", {"maya": says()}, "Maya reads every message and answers, usually within two working days."),
    "with a colleague": (
        "maya", {"maya": says(by=("maya", "jonas"))},
        "Maya reads every message. She or Jonas answers, usually within two working days."),
    "with two": (
        "maya", {"maya": says(by=("jonas", "maya", "lena"), within=None)},
        "Maya reads every message. She, Jonas or Lena answers."),
    "he": (
        "jonas", {"jonas": says(by=("jonas",))},
        "Jonas reads every message and answers, usually within two working days."),
    "they alone": (
        "alex", {"alex": says(by=("alex",), within="a week")},
        "Alex reads every message and answers, usually within a week."),
    "they with a colleague": (
        "alex", {"alex": says(by=("alex", "jonas"), within=None)}, "Alex reads every message. Alex or Jonas answers."),
    "no pronouns": ("aino", {"aino": says(by=("aino",), within=None)}, "Aino reads every message and answers."),
    "pronouns we do not know": (
        "aino", {"aino": says(by=("aino",), within=None) | {"pronouns": "hän"}},
        "Aino reads every message and answers."),
    "others answer for her": (
        "maya", {"maya": says(by=("jonas", "lena"), within=None)},
        "Maya reads every message. Jonas or Lena answers for her."),
    "others answer for them": (
        "alex", {"alex": says(by=("jonas",), within="48 hours")},
        "Alex reads every message. Jonas answers for Alex, usually within 48 hours."),
    "others answer, no pronouns": (
        "aino", {"aino": says(by=("jonas",), within=None)}, "Aino reads every message. Jonas answers for Aino."),
    "reads none": (
        "maya", {"maya": says(reads="none", by=("jonas",), within=None)},
        "Maya does not read messages personally. Jonas answers for her."),
    "reads none cannot answer": (
        "maya", {"maya": says(reads="none")}, "Maya does not read messages personally."),
    "reads some": (
        "maya", {"maya": says(reads="some")},
        "Maya reads some messages, not all. When an answer comes, it is from her, usually within two working days."),
    "reads some with a colleague": (
        "alex", {"alex": says(reads="some", by=("alex", "jonas"), within=None)},
        "Alex reads some messages, not all. When an answer comes, it is from Alex or Jonas."),
    "reading not said": (
        "maya", {"maya": says(reads=None, by=("maya", "jonas"))},
        "Maya or Jonas answers, usually within two working days."),
    "reading not said, others answer": (
        "maya", {"maya": says(reads=None, by=("jonas",), within=None)}, "Jonas answers for Maya."),
    "nobody named, no promise": ("maya", {"maya": says(by=())}, "Maya reads every message."),
    "unknown people are nobody": ("maya", {"maya": says(by=("ghost",))}, "Maya reads every message."),
    "never confirmed": ("maya", {"maya": says(checked=None)}, "Maya reads every message and answers."),
    "confirmed too long ago": ("maya", {"maya": says(checked="2026-05-24")}, "Maya reads every message and answers."),
    "confirmed just in time": (
        "maya", {"maya": says(checked="2026-05-25")},
        "Maya reads every message and answers, usually within two working days."),
    "confirmed in the future": ("maya", {"maya": says(checked="2026-11-22")}, "Maya reads every message and answers."),
    "a span nobody understands": ("maya", {"maya": says(within="soonish")}, "Maya reads every message and answers."),
    "colleague has left": (
        "maya", {"maya": says(by=("maya", "pete"), within=None), "pete": gone()},
        "Maya reads every message and answers."),
    "colleague is away": (
        "maya", {"maya": says(by=("jonas",)), "jonas": away()}, "Maya reads every message."),
    "colleague's absence is over": (
        "maya", {"maya": says(by=("jonas",), within=None), "jonas": away(until="2026-11-21")},
        "Maya reads every message. Jonas answers for her."),
    "namesakes": (
        "maya", {"maya": says(by=("maya", "lena"), within=None), "lena": {"short_name": "Maya", "name": "Maya Brandt"}},
        "Maya reads every message. She or Maya Brandt answers."),
    "away": (
        "maya", {"maya": says() | away()}, "Maya is away until 11 January 2027; do not expect an answer before then."),
    "away, nobody knows how long": (
        "maya", {"maya": says() | away(until="")}, "Maya is away; do not expect an answer soon."),
    "away with cover": (
        "maya", {"maya": says() | away("jonas")}, "Maya is away until 11 January 2027. Jonas answers for her."),
    "away, cover away": (
        "maya", {"maya": away("jonas"), "jonas": away("lena")},
        "Maya is away until 11 January 2027. Lena answers for her."),
    "away, cover has left": (
        "maya", {"maya": away("pete"), "pete": gone("lena")},
        "Maya is away until 11 January 2027. Lena answers for her."),
    "two cover each other": (
        "maya", {"maya": away("jonas"), "jonas": away("maya")},
        "Maya is away until 11 January 2027; do not expect an answer before then."),
    "away, others answer anyway": (
        "maya", {"maya": says(by=("maya", "jonas")) | away()},
        "Maya is away until 11 January 2027. Jonas answers for her."),
    "back today": (
        "maya", {"maya": says() | away(until="2026-11-21")},
        "Maya reads every message and answers, usually within two working days."),
    "left": ("pete", {"pete": says() | gone("jonas")}, "Pete has left. Jonas answers for his posts."),
    "left, no pronouns": ("aino", {"aino": gone("jonas")}, "Aino has left. Jonas answers for Aino’s posts."),
    "left, nobody after him": (
        "pete", {"pete": gone()}, "Pete has left, and nobody has been named to answer for his posts."),
    "left, successor unknown": (
        "pete", {"pete": gone("ghost")}, "Pete has left, and nobody has been named to answer for his posts."),
    "left, successor left too": (
        "pete", {"pete": gone("jonas"), "jonas": gone("lena")}, "Pete has left. Lena answers for his posts."),
    "left in a circle": (
        "pete", {"pete": gone("jonas"), "jonas": gone("pete")},
        "Pete has left, and nobody has been named to answer for his posts."),
    "left, successor is away": (
        "pete", {"pete": gone("jonas"), "jonas": away()},
        "Pete has left. Jonas, who answers for his posts, is away until 11 January 2027."),
    "left, successor is away and covered": (
        "pete", {"pete": gone("jonas"), "jonas": away("lena")},
        "Pete has left. Jonas, who answers for his posts, is away until 11 January 2027. Meanwhile Lena answers."),
    "leaves next month": (
        "pete", {"pete": says(by=("pete",)) | gone("jonas", on="2026-12-24")},
        "Pete reads every message and answers, usually within two working days."),
    "moved, and still answers": (
        "maya", {"maya": says() | {"status": {"state": "moved", "on": "2026-06-01", "successor": "jonas"}}},
        "Maya reads every message and answers, usually within two working days."),
    "moved, nothing promised": (
        "maya", {"maya": {"status": {"state": "moved", "on": "2026-06-01", "successor": "jonas"}}},
        "Maya has moved to other work; Jonas answers about what she did before 1 June 2026."),
    "moved, nobody took over": (
        "maya", {"maya": {"status": {"state": "moved"}}}, "Maya has moved to other work."),
}  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES)
def test_the_sentence_says_what_is_true_and_no_more(case):
    """In each situation the reader is told who answers, in correct English."""
    key, changes, expected = SENTENCES[case]
    people = crew(**changes)

    assert expected == sentence(people[key], people, NOW)


def test_no_sentence_names_somebody_who_will_not_answer():
    """Whatever `by` holds, people who are away or have left are in no promise."""
    for case in (away(), gone(), gone("maya")):
        said = sentence(crew(maya=says(by=("maya", "jonas", "lena")), jonas=case)["maya"], crew(jonas=case), NOW)

        assert "Jonas" not in said and "Lena" in said


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "reads": st.sampled_from(["all", "some", "none"]),
        "by": st.lists(st.sampled_from(["maya", "jonas", "alex", "aino", "ghost"]), unique=True).map(tuple),
        "within": st.sampled_from(["2 days", "soon", "", "an hour"]),
        "checked": st.sampled_from(["2026-11-01", "2020-01-01", ""]),
    },
)
STATUS = st.fixed_dictionaries(
    {"state": st.sampled_from(["", "active", "away", "moved", "left"])},
    optional={
        "until": st.sampled_from(["", "2026-11-21", BACK]),
        "on": st.sampled_from(["", "2026-11-21", "2027-01-01"]),
        "cover": st.sampled_from(["maya", "jonas", "alex", "ghost"]),
        "successor": st.sampled_from(["maya", "jonas", "alex", "ghost"]),
    },
)


@given(st.fixed_dictionaries({key: st.tuples(ANSWERS, STATUS) for key in ("maya", "jonas", "alex", "aino")}))
def test_every_mixture_gives_whole_sentences_and_ends(mixture):
    """However absences, departures and covers are entangled, the block ends, promises little and reads well."""
    changes = {key: {"answers": answers, "status": status} for key, (answers, status) in mixture.items()}
    people = crew(**changes)
    made = block(["maya", "jonas"], **changes)

    for said in (*(sentence(p, people, NOW) for p in people.values()), made.sentence, made.note):
        assert said == "" or said.endswith(".") and "  " not in said and "None" not in said and "ghost" not in said
    assert made.heading
    assert all(state(people[face.key], NOW) != "left" for face in made.people)
    assert "usually" not in made.sentence or any(fresh(person, NOW) for person in people.values())


# ── the block ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("keys", "changes", "heading", "note", "people"),
    [
        (["maya"], {}, "Talk to Maya", "", ["maya"]),
        (["maya", "jonas", "maya"], {}, "Talk to Maya or Jonas", "", ["maya", "jonas"]),
        (["maya", "jonas", "lena"], {}, "Talk to Maya, Jonas or Lena", "", ["maya", "jonas", "lena"]),
        (["maya", "jonas", "lena", "alex"], {"alex": {"contact": {"email": "a@example.com"}}}, "Talk to the authors", "", ["maya", "jonas", "lena", "alex"]),
        (["pete"], {"pete": gone("jonas")}, "Talk to Jonas", "Pete Harlow has left; Jonas Lind answers for his posts.",
         ["jonas"]),
        (["pete", "jonas"], {"pete": gone("jonas")}, "Talk to Jonas",
         "Pete Harlow has left; Jonas Lind answers for his posts.", ["jonas"]),
        (["pete"], {"pete": gone()}, "Nobody answers here at the moment", "", []),
        (["pete", "maya"], {"pete": gone()}, "Talk to Maya", "Pete Harlow has left.", ["maya"]),
        (["maya"], {"maya": away("jonas")}, "Talk to Jonas",
         "Maya Okafor is away until 11 January 2027; Jonas Lind answers for her.", ["jonas"]),
        (["maya"], {"maya": away()}, "Talk to Maya", "", ["maya"]),
        (["pete"], {"pete": gone("maya"), "maya": away("jonas")}, "Talk to Jonas",
         "Pete Harlow has left. Maya Okafor, who answers for his posts, is away until 11 January 2027. "
         "Meanwhile Jonas Lind answers.", ["jonas"]),
        (["maya"], {"maya": says() | {"status": {"state": "moved", "on": "2026-06-01", "successor": "jonas"}}},
         "Talk to Maya",
         "Maya Okafor has moved to other work; Jonas Lind answers about what she did before 1 June 2026.",
         ["maya"]),
        (["ghost"], {}, "Nobody answers here at the moment", "", []),
        (["lena", "maya"], {"lena": {"short_name": "Maya", "name": "Maya Brandt"}},
         "Talk to Maya Brandt or Maya Okafor", "", ["lena", "maya"]),
    ],
)  # fmt: skip
def test_the_block_names_who_can_be_talked_to(keys, changes, heading, note, people):
    """The heading names those who answer; the note says why it is not the author."""
    made = block(keys, **changes)

    assert (heading, note, people) == (made.heading, made.note, [face.key for face in made.people])


UNREACHABLE = {"contact": {}} | says(hours="Mon-Fri 10:00-16:00", not_for="Orders")
NO_WAY = "No published way to reach {}"
NOBODY = "Nobody answers here at the moment"
AWAY_NOW = "Maya is away until 11 January 2027; do not expect an answer before then."


@pytest.mark.parametrize(
    ("keys", "changes", "heading", "said"),
    [
        (["maya"], {"maya": UNREACHABLE}, NO_WAY.format("Maya"), ""),
        (["maya"], {"maya": says() | {"consent": {"until": "2026-01-01"}}}, NO_WAY.format("Maya"), ""),
        (["maya"], {"maya": says() | {"contact": {}, "consent": {"answers": False}}}, NO_WAY.format("Maya"), ""),
        (["maya", "alex"], {"maya": UNREACHABLE}, NO_WAY.format("Maya or Alex"), ""),
        (["maya", "alex", "aino", "pete"], {"maya": UNREACHABLE, "pete": {"contact": {}}}, NO_WAY.format("the authors"),
         ""),
        (["pete"], {"pete": gone("maya"), "maya": UNREACHABLE}, NO_WAY.format("Maya"),
         "Pete Harlow has left; Maya Okafor answers for his posts."),
        (["maya"], {"maya": UNREACHABLE | away()}, NO_WAY.format("Maya"), AWAY_NOW),
        (["maya"], {"maya": UNREACHABLE | {"office_hours": ({"every": "Monday", "at": "15:00"},)}}, "Talk to Maya", ""),
        (["pete"], {"pete": gone()}, NOBODY, "Pete Harlow has left, and nobody has been named to answer for his posts."),
        (["pete", "maya"], {"pete": gone(), "maya": gone()}, NOBODY,
         "Pete Harlow has left, and nobody has been named to answer for his posts. "
         "Maya Okafor has left, and nobody has been named to answer for her posts."),
    ],
)  # fmt: skip
def test_who_cannot_be_reached_promises_nothing(keys, changes, heading, said):
    """Where there is no way to write, no answer is promised, no wish is told, and no day of confirmation is shown."""
    made = block(keys, **changes)

    assert (heading, said, (), "") == (made.heading, made.sentence, made.actions, made.checked)
    assert "Not for" not in made.note and "Answers are written" not in made.note


def test_the_promise_is_made_by_somebody_who_can_be_reached():
    """Of whoever has no way, the block says that, and offers the others."""
    made = block(["alex", "maya"], alex=says(by=("alex",)), maya=says())

    assert ("Talk to Maya", ["maya"]) == (made.heading, [face.key for face in made.people])
    assert made.note.startswith("There is no published way to reach Alex.")
    assert "Maya reads every message and answers, usually within two working days." == made.sentence
    assert ["Write to Maya", "@maya@social.example"] == [action.label for action in made.actions]


def test_the_first_offers_every_way_and_the_others_one():
    """Actions stand in the order of the channels: all of the first person's, then each other's first."""
    made = block(["maya", "jonas", "lena"])

    assert ["Write to Maya", "@maya@social.example", "Write to Jonas", "Call Lena"] == [a.label for a in made.actions]


def test_nobody_who_left_is_reached_by_the_page():
    """No address of somebody who left, or of somebody covered, is in the block."""
    made = block(["pete", "maya"], pete=gone("jonas"), maya=away("jonas"))

    assert {"Write to Jonas", "Jonas on GitHub"} == {action.label for action in made.actions}


@pytest.mark.parametrize(
    ("consent", "field", "shown"),
    [
        ({}, "email", True),
        ({"email": True}, "email", True),
        ({"email": False}, "email", False),
        ({"email": False}, "photo", True),
        ({"photo": False}, "photo", False),
        ({"until": "2026-11-21"}, "photo", True),
        ({"until": "2026-11-20"}, "photo", False),
        ({"until": "2026-11-20", "email": True}, "email", False),
        ({"until": "2027-12-31T00:00:00+01:00"}, "email", True),
    ],
)
def test_consent_is_kept_by_field_and_by_day(consent, field, shown):
    """What was refused is never shown, and nothing is after the last day."""
    assert shown == consented(STAFF[0]._replace(consent=consent), field, NOW)


def test_what_is_not_agreed_is_in_no_part_of_the_block():
    """A refused channel disappears; when consent has run out, so do the promise and the office hours."""
    hours = ({"every": "Tuesday", "at": "15:00", "minutes": 60},)
    refused = block(["maya"], maya=says(not_for="Orders") | {"consent": {"email": False}, "office_hours": hours})
    ended = block(["maya"], maya=says(not_for="Orders") | {"consent": {"until": "2026-01-01"}, "office_hours": hours})

    assert ["mastodon"] == [action.channel for action in refused.actions]
    assert ("", (), (), "") == (ended.note, ended.actions, ended.hours, ended.checked)
    assert "reads every message" not in ended.sentence


@pytest.mark.parametrize(("mode", "hidden"), [("public", [False]), ("obfuscated", [True]), ("form", [])])
def test_the_sites_setting_for_addresses_holds_in_the_block(mode, hidden):
    """With `form` no address is in the block; with `obfuscated` each is marked."""
    made = block(["maya"], mode=mode)

    assert (mode != "form") == ("maya@example.com" in str(made))
    assert [action.hidden for action in made.actions if action.channel == "email"] == hidden


def test_profiles_are_claimed_on_the_first_persons_own_page_only():
    """A successor's profile is not claimed on the page of somebody who left."""
    own = block(["maya"], own=True)
    other = block(["pete"], own=True, pete=gone("maya"))

    assert "me" in own.actions[1].rel
    assert not [action for action in other.actions if "me" in action.rel.split()]


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ({"every": "Tuesday", "at": "15:00", "minutes": 60}, "Tuesdays 15:00–16:00, Berlin time"),
        ({"every": "thu", "at": "9:30", "minutes": 45}, "Thursdays 09:30–10:15, Berlin time"),
        ({"every": "Fridays", "at": "23:30", "minutes": 60}, "Fridays 23:30–00:30, Berlin time"),
        ({"every": "Monday", "at": "15:00"}, "Mondays 15:00, Berlin time"),
        ({"every": "First Monday of the month", "at": "15:00"}, "First Monday of the month 15:00, Berlin time"),
        ({"every": "Monday", "at": "15:00", "from": "2027-01-04"}, "Mondays 15:00, Berlin time, from 4 January 2027"),
        ({"every": "Monday", "at": "15:00", "from": "2026-01-05", "until": "2026-11-21"}, "Mondays 15:00, Berlin time"),
        ({"every": "Monday", "at": "15:00", "until": "2026-11-20"}, None),
    ],
)
def test_office_hours_are_said_in_words_while_they_are_held(slot, said):
    """An hour names its zone, and disappears after its last day."""
    assert ([said] if said else []) == [hour.text for hour in block(["maya"], maya={"office_hours": (slot,)}).hours]


@pytest.mark.parametrize(
    ("where", "place", "href"),
    [
        ("https://meet.example/maya/", "meet.example/maya", "https://meet.example/maya/"),
        ("HTTP://meet.example", "meet.example", "HTTP://meet.example"),
        ("the workshop", "the workshop", ""),
        ("https://meet.example/maya, or Room 4", "https://meet.example/maya, or Room 4", ""),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("https://maya:secret@meet.example/", "https://maya:secret@meet.example/", ""),
    ],
)
def test_the_place_of_office_hours_is_a_link_where_it_is_an_address(where, place, href):
    """Anything that is not a whole, safe web address is shown as it is written."""
    slot = {"every": "Monday", "at": "15:00", "where": where}

    assert (Hour("Mondays 15:00, Berlin time", place, href),) == block(["maya"], maya={"office_hours": (slot,)}).hours


def test_office_hours_of_several_name_whose_they_are_and_nobody_away_holds_them():
    """Beside a second person every hour says whose it is; someone away holds none."""
    slot = {"office_hours": ({"every": "Monday", "at": "15:00"},)}
    (hour,) = block(["maya", "jonas"], maya=slot | away(), jonas=slot).hours

    assert "Jonas: Mondays 15:00, Berlin time" == hour.text


@pytest.mark.parametrize(
    ("answers", "note"),
    [
        ({"not_for": "Orders and invoices; write to service"}, "Not for: Orders and invoices; write to service."),
        ({"not_for": "Orders!"}, "Not for: Orders!"),
        ({"hours": "Mon-Fri 10:00-16:00"}, "Answers are written Monday to Friday 10:00–16:00, Berlin time."),
        ({"hours": "Tue, Thu 9-12"}, "Answers are written Tuesday and Thursday 09:00–12:00, Berlin time."),
        ({"hours": "Mon-Fri 10:00-16:00", "checked": "2020-01-01"}, ""),
    ],
)
def test_the_note_says_what_to_send_elsewhere_and_when_answers_are_written(answers, note):
    """The writer's request is repeated as written; an old promise of hours is not."""
    assert note == block(["maya"], maya=says(**answers)).note


def test_the_day_of_confirmation_is_shown_only_with_a_promise_that_holds():
    """A stale day is never shown as a fact."""
    assert "2026-10-01" == block(["maya"], maya=says()).checked
    assert "" == block(["maya"], maya=says(), moment=NOW + timedelta(days=200)).checked
    assert "" == block(["maya"], maya={"answers": {"checked": "2026-10-01"}}).checked


@pytest.mark.parametrize(
    "change",
    [says(), {"contact": {}}, {"short_name": "M"}, {"office_hours": ({"every": "Monday", "at": "15:00"},)}, away()],
)
def test_whatever_shows_moves_the_digest(change):
    """Two equal blocks have one digest; a block that differs anywhere has another."""
    assert block(["maya"]).digest == block(["maya"]).digest
    assert block(["maya"]).digest != block(["maya"], maya=change).digest


def test_a_new_face_moves_the_digest():
    """The block shows faces, so a new photo makes it another block."""
    people = crew()
    before = contact(["maya"], people, faces(people), "public", NOW)
    after = contact(["maya"], people, {k: f._replace(digest="f" * 32) for k, f in faces(people).items()}, "public", NOW)

    assert before.digest != after.digest
