"""What is a change of words, and what is a typo put right."""

from collections import Counter

import pytest

from newsroom.edits import edits, word_keys

OTHERS = """The lens is ground in the office by Maya, who can receive everything definitely in colour: die Linse.
One engine, two engines; prepared, repaired and repainted; who died, who dined; a casual word of a causal link. It is."""


def between(old, new, names=(), others=OTHERS):
    """The edits between two texts, a block a line, on a site that has another text."""

    def texts():
        return Counter([*{*word_keys(others)}, *{*word_keys(new)}])

    return edits([((), line) for line in old.split("\n")], [((), line) for line in new.split("\n")], names, texts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The lens broke.", "The lens broke!"),
        ("It was teh lens.", "It was the lens."),
        ("We recieve it.", "We receive it."),
        ("“Hi” he said", '"Hi" he said'),
        ("a web site", "a website"),
        ("an e-mail", "an email"),
        ("The the lens", "The lens"),
        ("a unusual lens", "an unusual lens"),
        ("It can't be", "It can’t be"),
        ("It cost 12 000 euros", "It cost 12000 euros"),
        ("Every Lens is ground", "Every lens is ground"),
        ("It broke. Evrything stopped.", "It broke. Everything stopped."),
        ("One. Two three.\nFour five.", "One.\nTwo three. Four five."),
        ("Die Lisne war kaputt und das Glas nicht.", "Die Linse war kaputt und das Glas nicht."),
        ("Definately ground", "Definitely ground"),
        ("the color of glass", "the colour of glass"),
        ("from day 1", "from day one"),
        ("Well, it's clear", "Well, it is clear"),
        ("We do not know", "We don’t know"),
        ("It cannot be", "It can't be"),
        ("It is not ground. It is sold.", "It isn't ground. It's sold."),
        ("The lens broke.", "The lens broke.{.wide #lens}"),
        ("It helps more people do that", "It helps more people to do that"),
        ("See https://example.com/old for more", "See https://example.com/new?x=1 for more"),
    ],
)
def test_a_typo_put_right_is_no_edit(old, new):
    """Spelling, punctuation, spaces, hyphens, capitals, articles."""
    assert () == between(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in 1947.", "in 1974."),
        ("It cost 1.5 euros", "It cost 15 euros"),
        ("1 23 lenses", "12 3 lenses"),
        ("-5 degrees", "5 degrees"),
        ("It costs 5 % more", "It costs 5 € more"),
        ("version 2.1b", "version 2.1c"),
        ("Two lenses", "Ten lenses"),
        ("for millions", "for billions"),
        ("It can be", "It cannot be"),
        ("It can be", "It can't be"),
        ("We know now.", "We know not."),
        ("It will be", "It may be"),
        ("It is safe", "It was safe"),
        ("a legal act", "an illegal act"),
        ("They increase it", "They decrease it"),
        ("by June", "by July"),
        ("We asked Jonas Lind then.", "We asked Jonas Lynd then."),
        ("In the NSA file", "In the NSC file"),
        ("Herr Lind und die Frau ist da.", "Herr Lins und die Frau ist da."),
        ("Wir haben eine Linse", "Wir haben keine Linse"),
        ("It was repaired", "It was repainted"),
        ("It was repaired", "It was prepared"),
        ("Two people died", "Two people dined"),
        ("It is a causal link", "It is a casual link"),
        ("The engine was tested", "The engines was tested"),
        ("It's clear", "It isn't clear"),
        ("It would be", "It had been"),
    ],
)
def test_what_says_something_else_is_an_edit(old, new):
    """Numbers, signs, names, negations, tenses, months."""
    assert len(between(old, new)) == 1


def test_a_word_that_came_to_be_is_a_word_only_where_it_stands_elsewhere():
    """In another text, or in this one as it was; and what other texts have is no typo, however it looks."""
    old, new = "The lense broke.", "The lens broke."

    assert () == between("A grond lens", "A ground lens", others="It was ground.")
    assert () == between("A grond lens, ground", "A ground lens, ground", others="")
    assert 1 == len(between("A grond lens", "A ground lens", others=""))
    assert 1 == len(between("A grond lens", "A ground lens", others="ground grond"))
    assert 1 == len(between(old, new)), "one lens or more: an ending is told"


def test_a_name_that_is_known_counts_wherever_it_stands():
    """At the beginning of a sentence, in small letters, in German."""
    assert () == between("Maja ground it", "Maya ground it")
    assert 1 == len(between("Maja ground it", "Maya ground it", names={"maya"}))


def test_an_edit_names_the_sentence_that_is_new_or_gone():
    """And how many words."""
    assert [("", "We are sorry.", 3)] == [edit[1:4] for edit in between("It broke.", "It broke. We are sorry.")]
    assert [("We are sorry.", "", 3)] == [edit[1:4] for edit in between("It broke. We are sorry.", "It broke.")]
    assert [("All new.", "", 2)] == [edit[1:4] for edit in between("One.\nAll new.\nTwo.", "One.\nTwo.")]
    assert [("It broke in May.", "It burst in June.", 2)] == [
        edit[1:4] for edit in between("Yes. It broke in May. No.", "Yes. It burst in June. No.")
    ]


def test_a_sentence_that_stands_elsewhere_is_one_edit_with_the_same_words_in_both():
    """In its paragraph and beyond."""
    for old, new in (
        ("It broke at night. We ground it.", "We ground it. It broke at night."),
        ("A b c.\nWe ground it.\nD e f.", "We ground it.\nA b c.\nD e f."),
    ):
        (edit,) = between(old, new)
        assert edit.old == edit.new != ""

    assert 2 == len(between("It broke. Ana is safe. Ben is not safe.", "It broke. Ana is not safe. Ben is safe."))


def test_texts_of_the_front_matter_are_compared_with_their_own_key():
    """A title that became the summary is no title any more."""
    (edit, *more) = edits([(("title",), "A lens broke")], [(("title",), "A lens burst")])

    assert (("title",), []) == (edit.pointer, more)
