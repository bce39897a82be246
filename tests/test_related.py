"""Related posts: those that keep coming back to the same rare words; the same from the cache, and after an edit."""

import pytest

from newsroom.build import Options
from newsroom.commands.session import Session
from newsroom.model import NOTHING, Post
from newsroom.related import ENOUGH, Related
from newsroom.terms import levels, terms

EMPTY = Post(*[""] * len(Post._fields))._replace(content="0" * 31 + "1", topics=(), authors=("maya",))
COMMON = ("window", "table", "river", "garden", "winter", "bread", "paper", "stone", "horse", "music")


def post(name, words, **changes):
    return EMPTY._replace(source=name, title=name, terms=" ".join(sorted(words)), **changes)


def many(*posts, **keep):
    """Some posts among others that have nothing to do with them, and as little with each other."""
    others = [post(f"other{n}", {f"word{n}a", f"word{n}b", COMMON[n % 10]}) for n in range(40)]
    return Related([*posts, *others], **keep)


def test_posts_that_share_rare_words_are_related_and_others_are_not():
    """The nearest first; nothing is shown where nothing is near."""
    related = many(
        post("a", {"barograph", "aneroid", "pressure"}), post("b", {"barograph", "aneroid", "pressure"}),
        post("c", {"barograph", "battery", "winter"}), post("d", {"winter", "bread", "paper"}),
    )  # fmt: skip

    assert ("b", "c") == related.of("a")
    assert () == related.of("d"), "words that many posts have say nothing"


def test_a_topic_in_common_brings_nearer_what_is_near_and_nothing_else():
    """A topic alone is a listing, which there is already."""
    near = {"one": {"barograph", "a1", "a2", "a3"}, "two": {"barograph", "b1", "b2", "b3"}, "three": {"c1", "c2"}}
    alone = many(*(post(name, words) for name, words in near.items()))
    together = many(*(post(name, words, topics=("wind",)) for name, words in near.items()))

    assert "three" not in (*alone.of("one"), *together.of("one"))
    assert len(alone.of("one")) <= len(together.of("one"))


def test_another_voice_goes_before_the_same_one():
    """Where both are as near."""
    words = {"barograph", "aneroid"}
    related = many(post("a", words), post("b", words), post("c", words, authors=("jonas",)))

    assert ("c", "b") == related.of("a")


def test_a_retracted_post_is_related_to_nothing():
    """It has no words any more."""
    words = {"barograph", "aneroid"}
    related = many(post("a", words), post("b", words, content=NOTHING), post("c", words))

    assert ("c",) == related.of("a")
    assert () == related.of("b")


@pytest.mark.parametrize("posts", [[], [post("a", {"lens"})], [post("a", set()), post("b", set())]])
def test_a_newsroom_with_hardly_a_post_has_no_related_ones(posts):
    """Nor does it fail."""
    assert [()] * len(posts) == [Related(posts).of(each.source) for each in posts]


def test_lists_are_made_once_for_the_same_words():
    """The order of posts, their texts and their titles do not matter."""
    kept = {}

    def keep(key, make):
        kept.setdefault(key, [make(), 0])[1] += 1
        return kept[key][0]

    one = [post("a", {"barograph", "aneroid"}), post("b", {"barograph", "aneroid"})]
    assert ("b",) == many(*one, keep=keep).of("a")
    assert ("b",) == many(one[1], one[0]._replace(content="0" * 31 + "2", summary="New"), keep=keep).of("a")

    assert [2] == [often for _, often in kept.values()]


@pytest.mark.parametrize(
    ("title", "prose", "wanted"),
    [
        ("Lens care", "A lens needs care. Two lenses need more.", {"lens", "care"}),
        ("", "The API broke. Our API is new, and new it was.", {"API".lower()}),
        ("カメラの修理", "古いカメラ。修理する。", {"カメラ", "修理"}),
        ("", "", set()),
        ("", "2026 2026 -- -- 3.5 3.5", set()),
    ],
)
def test_the_terms_of_a_text_are_what_it_comes_back_to(title, prose, wanted):
    """In any script; numbers and signs are none."""
    found = {word for word, _ in levels(terms(title, prose))}

    assert wanted <= found if wanted else found == set()


def test_a_small_edit_leaves_the_terms_alone():
    """How often a word is there is said roughly."""
    prose = "glass " * 9 + "grain " * 5 + "It broke."

    assert terms("A lens", prose) == terms("A lens", prose + " The glass is new.")


def test_only_the_pages_whose_lists_changed_are_rendered_again(make_site):
    """In a process that remembers, and in one that does not; both as a clean build makes it."""
    texts = {
        "a": "The barograph and its aneroid. The aneroid of a barograph.", "b": "A barograph, an aneroid: barograph and aneroid.",
        "c": "Bread and winter. Winter bread.", "d": "Rivers and stones. A stone in rivers.",
        "e": "Paper. Paper horses. Horses.", "f": "Music in gardens. Gardens of music.",
    }  # fmt: skip
    files = {f"content/posts/{name}.md": f"---\ntitle: {name.upper()}\nauthors: [maya]\ndate: 2026-11-0{n}\nsummary: It\n---\n{text}\n"
             for n, (name, text) in enumerate(reversed(texts.items()), 1)}  # fmt: skip
    files |= {
        f"content/posts/x{n}.md": f"---\ntitle: X{n}\nauthors: [maya]\ndate: 2025-01-{n + 10}\n---\nword{n}a word{n}a\n"
        for n in range(12)
    }
    site = make_site(files | {"content/people/maya.md": "---\nname: Maya\n---\n"})
    session = Session(site.root, Options())
    session.build()
    session.rest()
    # a and b stand beside each other in time, and that is no reason to name them twice
    assert 'class="related"' not in site.read("2026/a/index.html")

    site.edit("content/posts/f.md", texts["f"], texts["a"])
    report = session.build({"content/posts/f.md"})
    session.rest()

    pages = {
        path.split("/")[1]
        for path in report.rendered
        if path.startswith(("2026/", "2025/")) and path.endswith("/index.html")
    }
    assert {"a", "b", "f"} == pages
    assert 'class="related"' in site.read("2026/f/index.html") and "/2026/a/" in site.read("2026/f/index.html")
    clean = make_site(
        {path: (site.root / path).read_bytes() for path in (*files, "content/people/maya.md", "site.toml")}
    )
    clean.build()
    assert clean.outputs() == site.outputs()


def test_the_threshold_is_one_that_a_chance_word_does_not_reach():
    """One rare word among twelve is a twelfth of what both texts are about."""
    assert 1 / 12 < ENOUGH < 0.5
