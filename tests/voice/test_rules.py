"""Rules of the voice check: each finds what breaks it, and is silent where people talk. docs/voice.md shows one of each."""

from pathlib import Path

import pytest

from newsroom.voice import RULES, sentences
from newsroom.voice.patterns import phrases, regex

PAGE = (Path(__file__).parents[2] / "docs" / "voice.md").read_text("utf-8")
MORE = " (And so on.)"
SIGNED = "authors: [maya]"


def whole(example):
    """An example, as long as it says that it is."""
    return " ".join([example.removesuffix(MORE)] * 25) if example.endswith(MORE) else example


@pytest.mark.parametrize("code", RULES)
def test_each_rule_reports_its_bad_example_and_nothing_in_the_good_one(heard, code):
    """No rule at all has anything to say of the good one."""
    assert code in [rule for rule, _ in heard(whole(RULES[code].bad))]
    assert heard(RULES[code].good) == []


@pytest.mark.parametrize("code", RULES)
def test_each_rule_is_on_its_page_with_its_examples(code):
    """In the words of the table."""
    section = PAGE.partition(f"## `{code}`\n\n")[2].partition("\n## ")[0]

    assert section.startswith(RULES[code].why)
    assert f"> {RULES[code].bad}\n" in section and f"> {RULES[code].good}\n" in section


BAD = [
    ("en", "corporate-speak", "We are excited to announce a new lens.", "excited to announce"),
    ("en", "corporate-speak", "It is our world-class furnace.", "world-class"),
    ("en", "corporate-speak", "We leverage synergies.", "leverage synergies"),
    ("en", "corporate-speak", "Best in class lenses, we hope.", "Best in class"),
    ("en", "corporate-speak", "Let us circle back to this next week.", "circle back to this"),
    ("en", "non-apology", "Ana says we apologise for any inconvenience.", "apologise for any inconvenience"),
    ("de", "corporate-speak", "Ganzheitlich ist unser Ansatz.", "Ganzheitlich"),
    ("en", "third-person", "It broke, said Jonas Lind.", "said Jonas Lind"),
    ("en", "hidden-actor", "Mistakes were made in the furnace hall.", "Mistakes were made"),
    ("en", "hidden-actor", "It has been decided that the shop closes.", "It has been decided that"),
    ("en", "non-apology", "We apologise for any inconvenience.", "apologise for any inconvenience"),
    ("en", "non-apology", "We are sorry if anyone felt hurt.", "if anyone felt hurt"),
    ("en", "mission-statement", "We stand for trust, innovation and excellence.", "trust, innovation and excellence"),
    ("de", "corporate-speak", "Wir freuen uns, die neue Linse bekannt zu geben.", None),
    ("de", "corporate-speak", "Unser Ansatz ist ganzheitlich.", "ganzheitlich"),
    ("de", "corporate-speak", "Innovative Lösungen für alle.", "Innovative Lösungen"),
    ("de", "corporate-speak", "So heben wir Synergien.", "Synergien"),
    ("de", "corporate-speak", "Wir wollen Mehrwert schaffen.", "Mehrwert schaffen"),
    ("de", "hidden-actor", "Es wurden Fehler gemacht.", "Es wurden Fehler gemacht"),
    ("de", "hidden-actor", "Es wurde beschlossen, den Laden zu schließen.", "Es wurde beschlossen"),
    ("de", "non-apology", "Sollte es zu Unannehmlichkeiten gekommen sein, tut es uns leid.", None),
    ("de", "non-apology", "Etwaige Unannehmlichkeiten bitten wir zu entschuldigen.", None),
    ("de", "mission-statement", "Bei uns steht der Mensch im Mittelpunkt.", None),
    ("de", "mission-statement", "Wir stehen für Qualität, Innovation und Leidenschaft.", "Qualität, Innovation und Leidenschaft"),
    ("de", "abstract", "Die Durchführung der Überarbeitung der Zielformulierung bedarf der Einbeziehung der Mitarbeitervertretung.", None),
    ("de", "third-person", "Die Linse brach, sagte Jonas Lind.", "sagte Jonas Lind"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "rule", "text", "words"), BAD)
def test_what_an_institution_says_is_found(heard, language, rule, text, words):
    """With exactly the words that are meant."""
    found = heard(text, f"authors: [jonas]\nlanguage: {language}")

    assert rule in [code for code, _ in found]
    assert words is None or (rule, words) in found


GOOD = [
    ("en", "We leveraged a radiator off its brackets with a crowbar."),
    ("en", "I found the solution to the problem in a solution of salt and water."),
    ("en", "It is a robust hinge. I am excited. We are committed."),
    ("en", "Let us circle back to the station on our bikes."),
    ("en", "The sign on the bus says We apologise for any inconvenience."),
    ("en", "World-class is a word that I dislike."),
    ("de", "Ganzheitlich ist ein Wort, das ich nicht mag."),
    ("en", "We are not world-class, and our work is never seamless."),
    ("en", "We no longer write the word synergy, and nobody says thought leadership here."),
    ("en", 'Their letter said "we are thrilled to announce a best-in-class lens".'),
    ("en", "> We are thrilled to announce a best-in-class lens."),
    ("en", "Write `thrilled to announce` and see."),
    ("en", "[A letter](https://example.com/thrilled-to-announce-world-class) came."),
    ("en", "Mistakes were made by me, on Tuesday."),
    ("en", "Mistakes were made, and I made them."),
    ("en", "It was decided by the works council. The decision was made by Jonas."),
    ("en", "I am sorry that I lost your letters. I apologise for the delay: it was mine."),
    ("en", "It broke, said Maya Okafor."),
    ("en", "The system keeps reliability, security and efficiency in one table."),
    ("en", "She joined the Centers of Excellence in 2019, and I did not."),
    ("en", "In it were: " + ", ".join(["a lens"] * 40) + "."),
    ("de", "Die Lösung des Problems war eine Salzlösung."),
    ("de", "Ich habe Fehler gemacht. Die Fehler wurden von mir gemacht."),
    ("de", "Das Wort ganzheitlich steht bei uns auf der Liste."),
    ("de", "In der Mail stand „wir freuen uns, bekannt zu geben“."),
    ("de", "Am 3. Mai hat der Rahmen der Linse nicht gehalten. Es tut mir leid."),
    ("de", "Wir haben beschlossen, den Laden am Montag zu schließen."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), GOOD)
def test_what_people_say_is_left_alone(heard, language, text):
    """Things that are meant, words of others, words spoken of, actors that are named."""
    assert heard(text, f"authors: [jonas]\nlanguage: {language}") == []


def test_weak_words_count_together_and_not_alone(heard):
    """Four are a manner; five in one sentence are no sentence."""
    four = "Our strategic framework gives robust solutions, and that took me all of last winter in the shed."
    many = "The strategic framework ensures robust alignment of scalable capabilities."

    assert heard(four) == []
    assert [rule for rule, _ in heard(many)] == ["corporate-speak"]


HARMLESS = [
    "The bridge is closed. The beams were found to be rotten. A new one has been ordered and will be delivered in March.",
    "The footpath is repaired, the lamp is mended and the gate was painted. Questions are answered at the yard.",
    "Revenue was 3 million euros. Nobody expected that, and the cake was eaten by noon.",
    "Certain customers, in due course, may have approximately no idea. I don't either. Do you? I wouldn't bet on it.",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_the_passive_alone_and_a_person_among_phrases_are_no_office(heard, text):
    """A notice may be in the passive, as a recipe is; and who says I is somebody."""
    assert heard(text, "kind: release") == []


OFFICES = [
    ("en", "release", "The companies have signed a framework agreement on the provision of digital services. The objective of the cooperation is the optimisation of workflows in close coordination with the relevant bodies."),
    ("en", "statement", "The monthly fee will change from 9 to 11 euros. The adjustment reflects higher costs. You do not need to take any action. Options are available at any time. Thank you for being part of our community."),
    ("en", "release", "The desk is a new addition to the family of height-adjustable desks. It fits effortlessly into any workspace. Its intuitive controls and timeless finishes await you at selected retailers."),
    ("en", "statement", "We recognise that this did not land as intended. We value the feedback of our community and have listened carefully. Respect and inclusion matter deeply to our people."),
    ("de", "release", "Im Rahmen der Zusammenarbeit erfolgt die Einführung einer Lösung in enger Abstimmung mit den zuständigen Gremien. Die Umsetzung der Maßnahmen beginnt zeitnah, vorbehaltlich der Zustimmung des Aufsichtsrats."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "kind", "text"), OFFICES)
def test_phrases_that_are_harmless_alone_are_told_where_they_come_together(heard, language, kind, text):
    """Once, whatever else is found."""
    found = [code for code, _ in heard(text, f"kind: {kind}\nlanguage: {language}")]

    assert found.count("institutional") == 1


def test_an_office_may_be_allowed_anywhere_in_the_text(heard):
    """It is about the whole."""
    bad = RULES["institutional"].bad
    allowed = '<!-- voice: allow institutional, "their letter" -->'

    assert "institutional" in [code for code, _ in heard(f"Hello.\n\n{bad}")]
    assert "institutional" not in [code for code, _ in heard(f"Hello.\n\n{allowed}\n\nAnd so on.\n\n{bad}")]


def test_a_quotation_is_read_where_it_is_the_houses(heard):
    """What an officer says is; a neighbour may say what she likes; in a release all that is said is."""
    words = "“We are thrilled to announce that our solution will delight everybody in town,” said"
    released = f'---\nkind: release\nquotes:\n  - {{by: jonas, text: "{words[1:-6]}"}}\n---\nWords.\n'

    assert [rule for rule, _ in heard(f"{words} Ada Brand, CEO of Northwind.")] == ["unsayable-quote"]
    assert heard(f"{words} my neighbour Ada.") == []
    assert [rule for rule, _ in heard(f"{words} Ada Brand.", "kind: release")] == ["unsayable-quote"]
    assert [rule for rule, _ in heard(released)] == ["unsayable-quote"]


def test_a_kind_has_its_own_measure(heard):
    """A release may be written from outside, and a statement may be short."""
    outside = whole(RULES["no-first-person"].bad)

    assert [rule for rule, _ in heard(outside)] == ["no-first-person", "unanswerable"]
    assert heard(outside, "authors: [maya]\nkind: release") == heard(outside, "authors: [maya]\nkind: statement") == []


def test_one_opinion_or_question_can_be_answered(heard):
    """It needs no more than that."""
    dull = whole(RULES["unanswerable"].bad)

    assert "unanswerable" in [rule for rule, _ in heard(dull)]
    assert "unanswerable" not in [rule for rule, _ in heard(dull + " Is pitch better than felt?")]
    assert "unanswerable" not in [rule for rule, _ in heard(dull + " This is probably wrong.")]


@pytest.mark.parametrize(
    ("text", "ordinals", "parts"),
    [
        ("It cost 3.5 euros. Dr. Lind paid.", False, ["It cost 3.5 euros.", "Dr. Lind paid."]),
        ("J. Lind came. Why? He “had” to.", False, ["J. Lind came.", "Why?", "He “had” to."]),
        ("So was I. Then it broke, e.g. here.", False, ["So was I.", "Then it broke, e.g. here."]),
        ("Am 3. Mai kam sie. Er nicht.", True, ["Am 3. Mai kam sie.", "Er nicht."]),
        ("No end", False, ["No end"]),
        ("", False, []),
    ],
)
def test_sentences_end_where_they_end(text, ordinals, parts):
    """Not in numbers, abbreviations and initials."""
    assert [text[start:end] for start, end in sentences(text, ordinals)] == parts


def test_a_phrase_that_begins_with_nothing_is_refused():
    """It would be looked for at every word of every text; and parentheses close."""
    for wrong in ("le* it", "(we|le*) it", "(we|you it"):
        with pytest.raises(ValueError, match="the phrase"):
            phrases([([wrong], False)])


@pytest.mark.parametrize(
    ("source", "text", "whole"),
    [
        ("leverag* (our )?strength*", "Leveraging\nour strengths", True),
        ("best-in-class", "best in class", True),
        ("(very |so )*glad", "very so very glad", True),
        ("any ... harm", "any undue or perceived harm", True),
        ("any ... harm", "any", False),
        ("cloud", "cloud.gov", False),
        ("solution", "solutions", False),
    ],
)
def test_signs_of_phrases(source, text, whole):
    """As docs/voice.md lists them."""
    found = regex(source).match(text)

    assert bool(found and found.end() == len(text)) == whole
