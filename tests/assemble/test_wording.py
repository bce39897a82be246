"""Who answers, and when: some hundred situations judged by what must hold in all, and exact sentences in six languages."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from newsroom.assemble.contact import contact
from newsroom.language import LANGUAGES, phrases, say
from newsroom.model import Person
from newsroom.promises import Usual
from newsroom.views import Action, Face

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FRESH, STALE = "2026-10-01", "2026-01-01"


def a_person(key, name, **changes):
    """Somebody who can be written to, and promises nothing."""
    empty = dict.fromkeys(Person._fields, "") | {"photo": None, "executive": False}
    maps = {field: {} for field in ("contact", "answers", "status", "consent", "accounts")}
    tuples = dict.fromkeys(
        ("languages", "topics", "ask_me_about", "office_hours", "links", "files", "feed_aliases"), ()
    )
    names = {"key": key, "name": name, "short_name": name.split()[0], "contact": {"email": f"{key}@example.com"}}
    return Person(**empty | maps | tuples | names | changes)


CREW = {
    "maya": a_person("maya", "Maya Okafor", pronouns="she/her"),
    "jonas": a_person("jonas", "Jonas Lind", pronouns="he/him"),
    "lena": a_person("lena", "Lena Brandt"),
    "pete": a_person("pete", "Pete Harlow", pronouns="he/him"),
}


def block(keys=("maya",), language="en", proven={}, said={}, own=False, form=False, mode="public", home="", **changes):
    """The block of a page that names `keys`, people changed as told."""
    people = {key: person._replace(**changes.get(key, {})) for key, person in CREW.items()}
    faces = {
        key: Face(key, p.name, p.short_name, "", "", "", None, f"/people/{key}/", "", "active", "", 0, key.ljust(32, "0"))
        for key, p in people.items()
    }  # fmt: skip
    return contact(
        keys, people, faces, mode, NOW, timezone="Europe/Berlin", own=own, proven=proven, language=language, said=said,
        form=form, home=home,
    )  # fmt: skip


def says(**answers):
    """A promise; None takes a key out."""
    whole = {"reads": "all", "by": ("maya",), "within": "2 working days", "checked": FRESH} | answers
    return {"answers": {key: value for key, value in whole.items() if value is not None}}


# ── what holds in every situation ────────────────────────────────────────────────────────────────────────────────────

STATES = {
    "here": {},
    "away": {"state": "away", "until": "2027-01-11"},
    "away, who knows": {"state": "away"},
    "away, covered": {"state": "away", "until": "2027-01-11", "cover": "lena"},
    "covered by somebody gone": {"state": "away", "cover": "pete"},
    "moved": {"state": "moved", "on": "2026-06-01", "successor": "jonas"},
    "left": {"state": "left", "successor": "lena"},
    "left, nobody": {"state": "left", "successor": "pete"},
}
BY = [(), ("maya",), ("maya", "jonas"), ("jonas",), ("pete",), ("maya", "pete", "jonas")]
PAUSED = ["", "true", "2027-01-03", "2026-11-21"]
LANGS = [(), ("en", "fi")]
PETE = {"pete": {"status": {"state": "left", "on": "2026-05-29"}}}
SITUATIONS = [
    (state, reads, by, within, paused, checked, executive, tongues, language)
    for n, (state, reads, by, within, paused, checked, executive, tongues) in enumerate(
        product(STATES, ["", "all", "some", "none"], BY, ["", "2 days"], PAUSED, [FRESH, STALE], [False, True], LANGS)
    )
    for language in [LANGUAGES[n % 7 % 6]]
    if n % 7 == 0 or (executive and n % 11 == 0)
]


def places_left(text):
    return re.findall(r"[{}]", text)


def spans_of_time(language):
    """What stands around the span in every phrase that promises one."""
    words = phrases(language)
    return [say(language, "promise.either_within", either="\0", within="\0").split("\0")[1]] + [
        words["spans.day"]
        .get("two", words["spans.day"]["other"])
        .format(count=words["spans.numbers"][1] if words["spans.numbers"] else "2")
    ]


def test_there_are_many_situations():
    """Every state, every reading, everybody who may answer; each language in its turn."""
    assert len(SITUATIONS) > 900
    for n, kinds in ((0, STATES), (2, BY), (4, PAUSED), (8, LANGUAGES)):
        assert {one[n] for one in SITUATIONS} == set(kinds)


@pytest.mark.parametrize("state", STATES)
def test_in_every_situation_the_block_reads_well_and_promises_no_more_than_holds(state):
    """Whole sentences, nobody who is not there named as answering, no time that nobody keeps."""
    for situation in (one for one in SITUATIONS if one[0] == state):
        _, reads, by, within, paused, checked, executive, tongues, language = situation
        promise = {"reads": reads, "by": by, "within": within, "paused": paused, "checked": checked}
        maya = {"status": STATES[state], "executive": executive, "languages": tongues}
        made = block(language=language, maya=maya | {"answers": {k: v for k, v in promise.items() if v}}, **PETE)
        ends = "。" if language == "ja" else "."
        for text in (made.sentence, made.note):
            assert not text or text.endswith(ends), situation
            assert not places_left(text) and "None" not in text and "  " not in text, (situation, text)
        # Pete has left: nobody answers "Pete".
        assert "Pete" not in made.heading + made.sentence + made.note, (situation, made)
        # A time stands only where somebody who is here keeps it, and confirmed it lately.
        pausing = paused in ("true", "2027-01-03")
        kept = [key for key in by if key != "pete" and not (key == "maya" and reads == "none")]
        deputed = not executive or "jonas" in by
        holds = state in ("here", "moved") and not pausing and checked == FRESH and within and kept and deputed
        said = [words for words in spans_of_time(language) if words in made.sentence]
        assert bool(holds) == bool(said), (situation, made.sentence)
        if made.checked:
            assert state in ("here", "moved") and checked == FRESH and not pausing, situation


SAME = {key: says(by=(key,)) for key in CREW}


# ── exact sentences ──────────────────────────────────────────────────────────────────────────────────────────────────

AWAY = {"status": {"state": "away", "until": "2027-01-11"}}
COVERED = {"status": {"state": "away", "until": "2027-01-11", "cover": "jonas"}}
EXACT = {
    # case: (changes, English, German)
    "herself": (
        {"maya": says()},
        "Maya reads every message and answers, usually within two working days.",
        "Maya liest jede Nachricht und antwortet, meist innerhalb von zwei Werktagen.",
    ),
    "with a colleague": (
        {"maya": says(by=("maya", "jonas"))},
        "Maya reads every message. She or Jonas answers, usually within two working days.",
        "Maya liest jede Nachricht. Maya oder Jonas antwortet, meist innerhalb von zwei Werktagen.",
    ),
    "others answer": (
        {"maya": says(by=("jonas", "lena"), within="a week")},
        "Maya reads every message. Jonas or Lena answers for her, usually within a week.",
        "Maya liest jede Nachricht. Die Antwort schreibt Jonas oder Lena, meist innerhalb von einer Woche.",
    ),
    "some": (
        {"maya": says(reads="some", by=("maya", "jonas"), within=None)},
        "Maya reads some messages, not all. When an answer comes, it is from her or Jonas.",
        "Maya liest einige Nachrichten, nicht alle. Wenn eine Antwort kommt, dann von Maya oder Jonas.",
    ),
    "none": (
        {"maya": says(reads="none", by=("maya", "jonas"), within="1 day")},
        "Maya does not read messages personally. Jonas answers for her, usually within one day.",
        "Maya liest Nachrichten nicht persönlich. Die Antwort schreibt Jonas, meist innerhalb von einem Tag.",
    ),
    "reading not said": (
        {"maya": says(reads=None, by=("maya", "jonas"), within="48 hours")},
        "Maya or Jonas answers, usually within 48 hours.",
        "Maya oder Jonas antwortet, meist innerhalb von 48 Stunden.",
    ),
    "away": (
        {"maya": says() | AWAY},
        "Maya is away until 11 January 2027; do not expect an answer before then.",
        "Maya ist bis zum 11. Januar 2027 abwesend; vorher ist nicht mit einer Antwort zu rechnen.",
    ),
    "away, others answer": (
        {"maya": says(by=("jonas",)) | {"status": {"state": "away"}}},
        "Maya is away. Jonas answers for her.",
        "Maya ist abwesend. Solange antwortet Jonas.",
    ),
    "paused until a day": (
        {"maya": says(paused="2027-01-03")},
        "Maya answers no messages until 3 January 2027.",
        "Maya beantwortet bis zum 3. Januar 2027 keine Nachrichten.",
    ),
    "paused": (
        {"maya": says(paused="true")},
        "Maya answers no messages until further notice.",
        "Maya beantwortet bis auf Weiteres keine Nachrichten.",
    ),
    "paused, others answer": (
        {"maya": says(paused="2027-01-03", by=("maya", "jonas"))},
        "Maya answers no messages until 3 January 2027. Meanwhile Jonas answers.",
        "Maya beantwortet bis zum 3. Januar 2027 keine Nachrichten. Solange antwortet Jonas.",
    ),
    "the pause is over today": (
        {"maya": says(paused="2026-11-21", within=None)},
        "Maya reads every message and answers.",
        "Maya liest jede Nachricht und antwortet.",
    ),
    "a colleague pauses": (
        {"maya": says(by=("maya", "jonas"), within=None), "jonas": {"answers": {"paused": "true"}}},
        "Maya reads every message and answers.",
        "Maya liest jede Nachricht und antwortet.",
    ),
    "an executive alone": (
        {"maya": says() | {"executive": True}},
        "Maya reads every message and answers.",
        "Maya liest jede Nachricht und antwortet.",
    ),
    "an executive and her deputy": (
        {"maya": says(reads="some", by=("maya", "jonas")) | {"executive": True}},
        "Maya reads some messages, not all. When an answer comes, it is from her or Jonas, usually within two working days.",
        "Maya liest einige Nachrichten, nicht alle. Wenn eine Antwort kommt, dann von Maya oder Jonas, meist innerhalb von "
        "zwei Werktagen.",
    ),
    "an executive whose deputy is away": (
        {"maya": says(by=("maya", "jonas")) | {"executive": True}, "jonas": AWAY},
        "Maya reads every message and answers.",
        "Maya liest jede Nachricht und antwortet.",
    ),
    "the archive says otherwise": (
        {"maya": says(doubted=True)},
        "Maya reads every message and answers.",
        "Maya liest jede Nachricht und antwortet.",
    ),
    "confirmed ten days ago, where five are believed": (
        {"maya": says(checked="2026-11-11", confirm=5)},
        "Maya reads every message and answers.",
        "Maya liest jede Nachricht und antwortet.",
    ),
    "confirmed two years ago, where three are believed": (
        {"maya": says(checked="2024-11-21", confirm=1000, within="3 hours")},
        "Maya reads every message and answers, usually within three hours.",
        "Maya liest jede Nachricht und antwortet, meist innerhalb von drei Stunden.",
    ),
    "moved, nothing promised": (
        {"maya": {"status": {"state": "moved", "on": "2026-06-01", "successor": "jonas"}}},
        "Maya has moved to other work; Jonas answers about what she did before 1 June 2026.",
        "Maya hat jetzt andere Aufgaben; auf Fragen zur Zeit vor dem 1. Juni 2026 antwortet Jonas.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", EXACT)
def test_the_sentence_is_exactly_this_in_english_and_german(case):
    """English has pronouns; German repeats the name, and puts the span into its case."""
    changes, english, german = EXACT[case]

    assert block(**changes).sentence == english
    assert block(language="de", **changes).sentence == german
    assert block(language="fi", **changes).sentence == english


ELSEWHERE = [
    ({"maya": says(by=("maya", "jonas"))}, {
        "fr": "Maya lit tous les messages. Maya ou Jonas répond, en général sous deux jours ouvrés.",
        "es": "Maya lee todos los mensajes. Responde Maya o Jonas, normalmente en un plazo de dos días laborables.",
        "ja": "Mayaはすべてのメッセージを読みます。返信するのはMayaまたはJonasで、通常2営業日以内です。",
        "ar": "كل رسالة تصل إلى Maya وتُقرأ. الرد من Maya أو Jonas، عادةً خلال يومي عمل.",
    }),
    ({"maya": says() | AWAY}, {
        "fr": "Maya n’est pas là jusqu’au 11 janvier 2027\u202f; n’attendez pas de réponse avant cette date.",
        "es": "Maya no está hasta el 11 de enero de 2027; no espere respuesta antes.",
        "ja": "Mayaは2027年1月11日まで不在です。それまで返信できません。",
        "ar": "Maya خارج العمل حتى 11 يناير 2027؛ لا يُتوقع رد قبل ذلك.",
    }),
    ({"maya": says(paused="true", by=("maya", "lena"))}, {
        "fr": "Maya ne répond à aucun message jusqu’à nouvel ordre. Entre-temps, Lena répond.",
        "es": "Maya no responde mensajes hasta nuevo aviso. Mientras tanto responde Lena.",
        "ja": "Mayaは当面、メッセージに返信しません。その間はLenaが返信します。",
        "ar": "لا ردود من Maya حتى إشعار آخر. الرد في هذه الأثناء من Lena.",
    }),
    ({"maya": says(reads="some", within=None)}, {
        "fr": "Maya lit certains messages, pas tous. Quand une réponse arrive, elle est signée Maya.",
        "es": "Maya lee algunos mensajes, no todos. Si llega una respuesta, es de Maya.",
        "ja": "Mayaが読むのはメッセージの一部です。返信がある場合はMayaからです。",
        "ar": "تصل إلى Maya بعض الرسائل وتُقرأ، لا كلها. إن جاء رد فهو من Maya.",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), ELSEWHERE)
def test_the_sentence_is_exactly_this_in_other_languages(changes, said):
    """Names stay as they are, in whatever script."""
    assert {language: block(language=language, **changes).sentence for language in said} == said


# ── several authors ──────────────────────────────────────────────────────────────────────────────────────────────────

MAYA = "Maya reads every message and answers, usually within two working days."


@pytest.mark.parametrize(
    ("keys", "changes", "said"),
    [
        (["maya", "jonas"], SAME, f"{MAYA} The same goes for Jonas."),
        (["maya", "jonas", "lena"], SAME, f"{MAYA} The same goes for Jonas and Lena."),
        (["maya", "jonas"], {"maya": says(by=("maya", "jonas")), "jonas": says(by=("jonas", "maya"))},
         "Maya reads every message. She or Jonas answers, usually within two working days. The same goes for Jonas."),
        (["maya", "jonas"], SAME | {"jonas": says(by=("jonas",), within="a week")},
         f"{MAYA} Jonas reads every message and answers, usually within a week."),
        (["maya", "jonas"], SAME | {"jonas": says(by=("jonas",), checked=STALE)},
         f"{MAYA} Jonas reads every message and answers."),
        (["maya", "jonas"], {"maya": says()}, f"{MAYA} Nothing is promised for Jonas."),
        (["jonas", "maya"], {"maya": says()}, f"{MAYA} Nothing is promised for Jonas."),
        (["maya", "jonas", "lena"], {"maya": says()}, f"{MAYA} Nothing is promised for Jonas and Lena."),
        (["maya", "jonas"], SAME | {"jonas": AWAY},
         f"{MAYA} Jonas is away until 11 January 2027; do not expect an answer before then."),
        (["maya", "jonas", "lena"], SAME | {"jonas": says(by=("jonas",), paused="true")},
         f"{MAYA} The same goes for Lena. Jonas answers no messages until further notice."),
        (["maya", "jonas"], SAME | {"jonas": {"contact": {}}}, MAYA),
        (["maya", "jonas"], {}, ""),
        (["maya", "jonas", "lena", "pete"], SAME, f"{MAYA} The same goes for the others."),
        (["maya", "jonas", "lena", "pete"], {"maya": says()}, f"{MAYA} This goes for Maya only."),
        (["maya", "jonas", "lena", "pete"], {"pete": says()}, ""),
    ],
)  # fmt: skip
def test_several_authors_promise_no_more_than_each_of_them_does(keys, changes, said):
    """Who promises the same is named; who promises something else says it; of who promises nothing it is said."""
    assert block(keys, **changes).sentence == said


def test_the_day_of_confirmation_is_the_oldest_of_those_who_promise():
    """None is shown where one of them was not confirmed."""
    older = SAME | {"jonas": says(by=("jonas",), checked="2026-08-01")}
    stale = SAME | {"jonas": says(by=("jonas",), checked=STALE)}

    assert block(["maya", "jonas"], **SAME).checked == FRESH
    assert block(["maya", "jonas"], **older).checked == "2026-08-01"
    assert block(["maya", "jonas"], **stale).checked == ""


# ── pauses, covers, successors ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("keys", "changes", "heading", "sentence", "note"),
    [
        (["maya"], {"maya": says(paused="2027-01-03") | {"status": {"cover": "jonas"}}}, "Talk to Jonas",
         "Maya answers no messages until 3 January 2027. Meanwhile Jonas answers.",
         "Maya Okafor answers no messages until 3 January 2027. Meanwhile Jonas Lind answers."),
        (["maya"], {"maya": says() | COVERED, "jonas": {"answers": {"paused": "true"}}}, "Talk to Maya",
         "Maya is away until 11 January 2027; do not expect an answer before then.", ""),
        (["pete"], {"pete": {"status": {"state": "left", "successor": "maya"}}, "maya": says(paused="true")},
         "Talk to Maya", "Maya answers no messages until further notice.",
         "Pete Harlow has left."),
        (["pete"], {"pete": {"status": {"state": "left", "successor": "maya"}}, "maya": AWAY}, "Talk to Maya",
         "Maya is away until 11 January 2027; do not expect an answer before then.", "Pete Harlow has left."),
    ],
)  # fmt: skip
def test_whoever_stands_in_must_be_there_and_answer(keys, changes, heading, sentence, note):
    """A cover or a successor who pauses is not named as answering, and her absence is told once."""
    made = block(keys, **changes)

    assert (made.heading, made.note) == (heading, note)
    assert made.sentence in (sentence, "")


# ── one post's own answers ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_posts_own_answers_stand_in_for_the_authors():
    """The keys given there; the others stay, and so does every other post."""
    said = {"by": ("lena",), "within": "a week"}
    made = block(said=said, maya=says(not_for="Orders"))

    assert made.sentence == "Maya reads every message. Lena answers for her, usually within a week."
    assert made.note == "Not for: Orders."
    assert block(said={"paused": "true"}, maya=says()).sentence == "Maya answers no messages until further notice."
    assert block(said={"paused": ""}, maya=says(paused="true")).sentence == MAYA
    assert block(maya=says()).sentence == MAYA


def test_a_posts_own_answers_do_not_bind_whoever_answers_now():
    """Jonas never promised a day; that nobody answers, and what not to write, still holds."""
    left = {"pete": {"status": {"state": "left", "successor": "jonas"}}, "jonas": says(by=("jonas",))}
    said = {"within": "1 hour", "by": ("pete",), "reads": "some"}

    assert (
        block(["pete"], said=said, **left).sentence == "" or "hour" not in block(["pete"], said=said, **left).sentence
    )
    paused = block(["pete"], said={"paused": "true", "not_for": "Orders"}, **left)
    assert ("Jonas answers no messages until further notice.", "Pete Harlow has left.") == (
        paused.sentence,
        paused.note,
    )


# ── hours, languages, ways ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Answers are written Monday to Friday 10:00–16:00, Kathmandu time. Maya reads English and Finnish."),
        ("de", "Antworten werden zu diesen Zeiten geschrieben: Montag bis Freitag 10:00–16:00 Uhr, Ortszeit Kathmandu. "
               "Maya liest Englisch und Finnisch."),
        ("fr", "Horaires des réponses\u00a0: du lundi au vendredi 10:00–16:00, heure locale à Katmandou. "
               "Maya lit ces langues\u00a0: anglais et finnois."),
        ("es", "Horario de respuestas: de lunes a viernes 10:00–16:00, hora de Katmandú. Maya lee inglés y finés."),
        ("ja", "返信の時間：月曜日から金曜日 10:00〜16:00、カトマンズ時間。Mayaが読む言語：英語とフィンランド語。"),
        ("ar", "أوقات كتابة الردود: من الاثنين إلى الجمعة 10:00–16:00، بتوقيت كاتماندو. "
               "لغات القراءة لدى Maya: الإنجليزية والفنلندية."),
    ],
)  # fmt: skip
def test_hours_and_languages_are_told_in_the_language_of_the_page(language, note):
    """Hours in the person's own zone, as the language calls its place."""
    maya = says(hours="Mon-Fri 10:00-16:00") | {"timezone": "Asia/Kathmandu", "languages": ("en", "fi")}

    assert block(language=language, maya=maya).note == note


@pytest.mark.parametrize(
    ("tongues", "answers", "language", "note"),
    [
        ((), {}, "en", ""),
        (("en",), {}, "en", ""),
        (("en-GB",), {}, "en-US", ""),
        (("en",), {}, "de", "Maya liest Englisch."),
        (("en", "fi"), {"languages": ("de",)}, "en", "Maya reads German."),
        (("en", "fi"), {"languages": ("en",)}, "en", ""),
        (("en", "fi"), {"reads": "none", "by": ("jonas",)}, "en", "You can write in English and Finnish."),
    ],
)
def test_languages_are_told_where_they_are_not_just_the_pages(tongues, answers, language, note):
    """Those of the promise come before those of the person."""
    assert block(language=language, maya=says(**answers) | {"languages": tongues}).note == note


def test_who_is_not_there_reads_no_language():
    """And on her own page she says it beside her name."""
    maya = {"languages": ("en", "fi")}

    assert block(maya=says(paused="true") | maya).note == ""
    assert block(maya=says() | maya | AWAY).note == ""
    assert block(own=True, maya=says() | maya).note == ""
    assert block(own=True, maya=says(languages=("de",)) | maya).note == "Maya reads German."


def test_a_telephone_has_its_hours_beside_it():
    """In her zone, and in the language of the page; other ways have none."""
    maya = {"contact": {"email": "m@example.com", "phone": "+49 30 1234567", "phone_hours": "Mon-Fri 9-12"}}

    assert [way.note for way in block(maya=maya).actions] == ["", "Monday to Friday 09:00–12:00, Berlin time"]
    assert block(language="de", maya=maya).actions[1].note == "Montag bis Freitag 09:00–12:00 Uhr, Ortszeit Berlin"


@pytest.mark.parametrize(
    ("mode", "channels"), [("public", ["form", "email"]), ("obfuscated", ["form", "email"]), ("form", ["form"])]
)
def test_where_a_service_takes_forms_the_form_is_the_first_way(mode, channels):
    """It stands on her own page, and a post's; elsewhere its address leads there."""
    made = block(form=True, mode=mode)

    assert [way.channel for way in made.actions] == channels
    assert len({way.label for way in made.actions}) == len(channels)
    assert made.actions[0] == Action("form", "Write to Maya", "/people/maya/#write", "", "", False)
    assert block(form=True, own=True).actions[0].href == "#write"
    assert block(form=True, maya={"contact": {"phone": "+49 30 1234567"}}).actions[0].channel == "phone"
    assert block(form=True, maya={"consent": {"email": False}}).actions == ()
    assert "maya@example.com" not in str(block(form=True, mode="form"))


@pytest.mark.parametrize(
    ("language", "heading", "label", "call"),
    [
        ("de", "Mit Maya oder Jonas sprechen", "An Maya schreiben", "Jonas anrufen"),
        ("fr", "Contacter Maya ou Jonas", "Écrire à Maya", "Appeler Jonas"),
        ("es", "Hablar con Maya o Jonas", "Escribir a Maya", "Llamar a Jonas"),
        ("ja", "MayaまたはJonasに連絡する", "Mayaに書く", "Jonasに電話する"),
        ("ar", "التواصل مع Maya أو Jonas", "مراسلة Maya", "الاتصال بـ Jonas"),
    ],
)
def test_heading_and_buttons_speak_the_language_of_the_page(language, heading, label, call):
    """Every word of the block does."""
    made = block(["maya", "jonas"], language=language, jonas={"contact": {"phone": "+49 30 1234567"}})

    assert (made.heading, [way.label for way in made.actions]) == (heading, [label, call])


@pytest.mark.parametrize(
    ("language", "home", "told"),
    [
        ("en", "en", ("", "")),
        ("de-AT", "de", ("", "")),
        ("de", "en", ("de", "ltr")),
        ("ar", "en", ("ar", "rtl")),
        ("fi", "en", ("en", "ltr")),
        ("fi", "fi", ("en", "ltr")),
        ("he", "he", ("en", "ltr")),
    ],
)
def test_the_block_tells_its_language_where_it_is_not_that_of_page_and_site(language, home, told):
    """So that a screen reader reads English words as English."""
    words = block(language=language, home=home).words

    assert (words.language, words.direction) == told


def test_what_the_archive_bears_out_is_said_in_the_language_of_the_page():
    """After the promise of who speaks first; nothing of it while she answers nobody."""
    usual = {"maya": Usual("a day", 41)}

    assert block(proven=usual).sentence == "Maya usually replies within a day: 41 questions in the last 90 days."
    assert block(language="de", proven=usual, maya=says(within=None)).sentence == (
        "Maya liest jede Nachricht und antwortet. "
        "Maya antwortet gewöhnlich innerhalb von einem Tag: 41 Fragen in den letzten 90 Tagen."
    )
    assert "41" not in block(proven=usual, maya=says(paused="true")).sentence


# ── what nobody agreed to, and what nobody keeps ─────────────────────────────────────────────────────────────────────

RAN_OUT = {"consent": {"until": "2026-01-01"}}


def test_nobody_is_named_as_answering_whose_consent_ran_out():
    """Neither beside her, nor as cover, nor as successor."""
    helped = block(["maya"], maya=says(by=("maya", "jonas")), jonas=RAN_OUT)
    covered = block(["maya"], maya=says() | COVERED, jonas=RAN_OUT)
    followed = block(["pete"], pete={"status": {"state": "left", "successor": "jonas"}}, jonas=RAN_OUT)

    assert "Jonas" not in " ".join((helped.sentence, helped.note, covered.sentence, covered.note, followed.note))
    assert "Maya is away until 11 January 2027; do not expect an answer before then." == covered.sentence


def test_nobody_answers_for_others_who_does_not_read_her_own():
    """What her own page denies, no other says."""
    made = block(["maya"], maya=says(by=("jonas",)), jonas={"answers": {"reads": "none", "by": ("lena",)}})

    assert made.sentence == "Maya reads every message."


@pytest.mark.parametrize("helper", [{"status": {"state": "away"}}, {"answers": {"paused": "true"}}])
def test_hours_that_nobody_keeps_are_not_shown(helper):
    """Nobody writes answers then."""
    hours = says(by=("jonas",), hours="Mon-Fri 10:00-12:00")

    assert "Answers are written" in block(["maya"], maya=hours).note
    assert "Answers are written" not in block(["maya"], maya=hours, jonas=helper).note


def test_hours_and_wishes_are_said_as_far_as_they_can_be():
    """No end before the beginning; no stray sign at the end."""
    assert "Answers are written" not in block(["maya"], maya=says(hours="Mon-Fri 16:00-10:00")).note
    assert "written every day, " in block(["maya"], maya=says(hours="daily 0:00-24:00")).note
    assert "Not for: orders." in block(["maya"], maya=says(not_for="orders;")).note


def test_no_answer_is_promised_where_no_message_arrives():
    """A place to meet takes none."""
    assert block(["maya"], maya=says() | {"contact": {"in_person": "At the workshop door"}}).sentence == ""


def test_two_of_one_name_are_told_apart_in_every_sentence():
    """As in the heading."""
    made = block(["lena", "maya"], lena={"short_name": "Maya", "name": "Maya Brandt"} | says(by=("lena",)), maya=says())

    assert "Talk to Maya Brandt or Maya Okafor" == made.heading
    assert made.sentence.startswith("Maya Brandt reads every message")
    assert "Maya Okafor" in made.sentence and "Write to Maya Okafor" in [way.label for way in made.actions]


def test_what_the_promise_says_is_not_said_again():
    """In short names there, in full ones here."""
    made = block(["maya"], maya={"status": {"state": "moved"}, "answers": {}})

    assert ("Maya has moved to other work.", "") == (made.sentence, made.note)
