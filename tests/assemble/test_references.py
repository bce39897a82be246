"""References between sources: everything named in a text is there, or a problem says so."""

import pytest

from newsroom.assemble.references import home, people_and_topics, permalinks, resolve
from newsroom.errors import text
from newsroom.model import Library, Page, Person, Post, Source, Topic

POST = Post(*[""] * len(Post._fields))._replace(
    source="content/posts/2026/a.md",
    permalink="/2026/a/",
    authors=(),
    topics=(),
    contact=(),
    details={},
    links=(),
    files=(),
    image=None,
)
PERSON = Person(*[""] * len(Person._fields))._replace(
    source="content/people/maya.md",
    key="maya",
    topics=(),
    answers={},
    status={"state": "active"},
    links=(),
    files=(),
    photo=None,
)
TOPIC = Topic("content/topics/lenses.md", "lenses", "Lenses", (), (), (), (), "", "")
PAGE = Page("content/pages/about.md", "about", "/about/", "About", "", False, (), False, "", "", (), (), "", "")
PEOPLE, TOPICS = {"maya": PERSON}, {"lenses": TOPIC}
LINKS = {
    "content/posts/2025/b.md": "/2025/b/",
    "content/posts/2026/ä.md": "/2026/ä/",
    "content/pages/about.md": "/about/",
}
HIDDEN = {"content/posts/2026/draft.md": "is a draft"}


def resolved(noun, *assets, base=""):
    """(references, problems as a person reads them)."""
    known = {path: Source(path, (), "", (640, 480)) for path in assets}
    refs, problems = resolve(noun, LINKS, HIDDEN, PEOPLE, TOPICS, known, base)
    return refs, [text(problem._replace(location=problem.location._replace(line=0))) for problem in problems]


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../2025/b.md", "/2025/b/"),
        ("../2025/b.md#why", "/2025/b/#why"),
        ("ä.md", "/2026/%C3%A4/"),
        ("../../pages/about.md", "/about/"),
        ("person:maya", "/people/maya/"),
        ("topic:lenses", "/topics/lenses/"),
        ("/anything/", "/anything/"),
        ("/a?b=c#d", "/a?b=c#d"),
    ],
)
def test_a_link_becomes_an_address(target, address):
    """Below the site's base, encoded, the fragment kept."""
    noun = POST._replace(links=((target, 1),))

    assert resolved(noun)[0].links == {target: address}
    assert resolved(noun, base="/newsroom")[0].links == {target: "/newsroom" + address}


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("zzzz.md", 'the link "zzzz.md" leads to no file\nhint: Links to other content are relative to this file: ../2025/other.md.'),
        ("../2025/bb.md", 'the link "../2025/bb.md" leads to no file\nhint: did you mean "../2025/b.md"? '
         "Links to other content are relative to this file: ../2025/other.md."),
        ("../../../../etc/passwd.md", 'the link "../../../../etc/passwd.md" leads to no file\n'
         "hint: Links to other content are relative to this file: ../2025/other.md."),
        ("draft.md", 'the link "draft.md" leads to a post that is a draft\n'
         "hint: publish it first, or take the link out: a link would show readers that it exists"),
        ("person:mya", 'the link "person:mya" names an unknown person\nhint: did you mean "maya"? People are defined in content/people/.'),
        ("topic:x", 'the link "topic:x" names an unknown topic\nhint: Topics are defined in content/topics/: lenses; newsroom new topic "Our topic" adds one.'),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_a_problem(target, message):
    """An unpublished post is told from one that does not exist: it is the writer who reads this."""
    refs, problems = resolved(POST._replace(links=((target, 1),)))

    assert refs.links == {}
    assert problems == [f"content/posts/2026/a.md: {message}"]


@pytest.mark.parametrize(
    ("name", "asset", "path", "href"),
    [
        ("crack.jpg", "content/posts/2026/crack.jpg", "2026/a/crack.jpg", "/2026/a/crack.jpg"),
        ("img/crack.jpg", "content/posts/2026/img/crack.jpg", "2026/a/img/crack.jpg", "/2026/a/img/crack.jpg"),
        ("../shared/logo.svg", "content/posts/shared/logo.svg", "2026/a/logo.svg", "/2026/a/logo.svg"),
        ("a b.jpg", "content/posts/2026/a b.jpg", "2026/a/a b.jpg", "/2026/a/a%20b.jpg"),
        ("c#?.pdf", "content/posts/2026/c#?.pdf", "2026/a/c#?.pdf", "/2026/a/c%23%3F.pdf"),
        ("100%.png", "content/posts/2026/100%.png", "2026/a/100%.png", "/2026/a/100%25.png"),
        ("a%20b.png", "content/posts/2026/a%20b.png", "2026/a/a%20b.png", "/2026/a/a%2520b.png"),
    ],
)
def test_a_file_is_written_beside_the_page_that_shows_it(name, asset, path, href):
    """Its address leads to exactly that file, whatever marks its name holds."""
    file = resolved(POST._replace(files=((name, 1, True),)), asset)[0].files[name]

    assert (path, href, asset, (640, 480)) == (file.path, file.href, file.asset, file.pixels)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("crack.jpg", 'there is no file "crack.jpg"\nhint: did you mean "crash.jpg"?'),
        ("zzz", 'there is no file "zzz"\nhint: files stand beside the source, in content/posts/2026/'),
        (
            "../../../site.toml",
            '"../../../site.toml" is outside the content folder\nhint: put the file beside the post',
        ),
        ("../../../../x", '"../../../../x" is outside the content folder\nhint: put the file beside the post'),
        ("other.md", 'the link "other.md" leads to no file\nhint: links to other content are relative to this file'),
    ],
)
def test_a_file_that_is_not_there_is_a_problem(name, message):
    """Nothing is read from outside content/, and a text is never copied as a file."""
    assert resolved(
        POST._replace(files=((name, 1, True),)), "content/posts/2026/crash.jpg", "content/posts/2026/other.md"
    )[1] == [f"content/posts/2026/a.md: {message}"]


def test_pictures_in_front_matter_are_files_too():
    """The picture, the media of a release in both resolutions, a person's photo."""
    post = POST._replace(image={"file": "a.jpg"}, details={"media": ({"file": "b.jpg", "high": "c.tif"},)})
    folder = "content/posts/2026/"

    assert set(resolved(post, folder + "a.jpg", folder + "b.jpg", folder + "c.tif")[0].files) == {
        "a.jpg",
        "b.jpg",
        "c.tif",
    }
    assert len(resolved(post)[1]) == 3
    assert set(resolved(PERSON._replace(photo={"file": "maya.jpg"}), "content/people/maya.jpg")[0].files) == {
        "maya.jpg"
    }


def test_what_refers_to_nothing_costs_nothing():
    """Ten thousand posts share one empty record."""
    assert resolved(POST)[0] is resolved(PAGE)[0]


def test_the_digest_covers_what_a_page_shows_of_its_references():
    """An address, or a picture's size: either moves it; the bytes of a file do not."""
    noun = POST._replace(links=(("person:maya", 1),), files=(("a.jpg", 1, True),))
    path = "content/posts/2026/a.jpg"

    def made(base="", pixels=(640, 480), digest=""):
        return resolve(noun, LINKS, HIDDEN, PEOPLE, TOPICS, {path: Source(path, (), digest, pixels)}, base)[0].digest

    assert made() == made(digest="other")
    assert len({made(), made(base="/b"), made(pixels=(1, 1))}) == 3


def test_every_key_that_names_nobody_is_a_problem():
    """In each of the places where a person or a topic can be named."""
    post = POST._replace(
        authors=("p0",), topics=("t0",), contact=("p1",),
        details={"contacts": ("p2",), "corrections": ({"by": "p3"},), "help": ({"how": "edited"}, {"by": "p4"}), "quotes": ({"by": "p5"},),
                 "signed_off": {"p6": ""}, "reviewed_by": {"p7": ""}},
    )  # fmt: skip
    person = PERSON._replace(
        topics=("t1",), answers={"by": ("p8",)}, status={"state": "left", "successor": "p9", "cover": "p10"}
    )
    topic = TOPIC._replace(people=("p11",))
    problems = list(people_and_topics(Library((post,), (), (person,), (topic,)), {}, {}))

    assert {problem.message.split('"')[1] for problem in problems} == {f"p{n}" for n in range(12)} | {"t0", "t1"}
    assert len(problems) == 14
    assert {(p.code, p.location.path) for p in problems} == {
        ("unknown-author", post.source), ("unknown-topic", post.source), ("unknown-person", post.source),
        ("unknown-topic", person.source), ("unknown-person", person.source), ("unknown-person", topic.source),
    }  # fmt: skip


def test_keys_that_are_there_are_no_problem():
    """A library that fits together has none."""
    post = POST._replace(
        authors=("maya",), topics=("lenses",), contact=("maya",), details={"help": ({"how": "edited"},)}
    )

    assert (
        list(people_and_topics(Library((post,), (), (PERSON,), (TOPIC._replace(people=("maya",)),)), PEOPLE, TOPICS))
        == []
    )


def test_an_unknown_author_is_told_with_a_guess():
    """And where authors are defined."""
    told = [text(p) for p in people_and_topics(Library((POST._replace(authors=("Maya",)),)), PEOPLE, TOPICS)]

    assert told == [
        'content/posts/2026/a.md: unknown author "Maya"\nhint: did you mean "maya"? People are defined in content/people/.'
    ]


@pytest.mark.parametrize(
    ("author", "keys", "hint"),
    [
        ("lena", ("lena-brandt", "maya"), 'did you mean "lena-brandt"? People are defined in content/people/.'),
        ("lena", ("lena-brandt", "lena-maria-ohnesorg"), "People are defined in content/people/: lena-brandt, lena-maria-ohnesorg; "
         'newsroom new person "First Last" adds one.'),
        ("zoe", (), 'People are defined in content/people/; newsroom new person "First Last" adds one.'),
        ("zoe", tuple(f"p{n}" for n in range(9)), 'People are defined in content/people/; newsroom new person "First Last" adds one.'),
        ("NORTHWIND", ("maya",), "a byline is a person whom readers can ask, not the company. People are defined in "
         'content/people/: maya; newsroom new person "First Last" adds one.'),
    ],
)  # fmt: skip
def test_an_unknown_author_is_told_who_there_is_and_what_a_byline_is(author, keys, hint):
    """A first name is enough where one person has it; a company signs nothing."""
    people = {key: PERSON._replace(key=key) for key in keys}
    (problem,) = people_and_topics(
        Library((POST._replace(authors=(author,), topics=()),)), people, TOPICS, company="Northwind"
    )

    assert hint == problem.hint


def test_each_noun_has_its_home():
    """People and topics at their keys, for ever; posts and pages at their permalinks."""
    assert permalinks([POST, PAGE, PERSON, TOPIC]) == {
        POST.source: "/2026/a/", PAGE.source: "/about/", PERSON.source: "/people/maya/", TOPIC.source: "/topics/lenses/",
    }  # fmt: skip
    assert home(PERSON._replace(key="x")) == "/people/x/"


TIFF = Source("content/posts/2026/a.tif", (), "", (0, 0), "", "tiff")
LARGE = Source("content/posts/2026/a.jpg", (), "", (12000, 9000), "", "jpeg", wrong="large")


@pytest.mark.parametrize(
    ("source", "shown", "linked"),
    [
        (TIFF, "is a TIFF file, which browsers do not show", ""),
        (TIFF._replace(form="heic"), "is a HEIC file, which most browsers do not show", ""),
        (LARGE, "is larger than 80 million pixels", ""),
        (
            LARGE._replace(pixels=(20000, 12000)),
            "is larger than 80 million pixels",
            "is larger than 200 million pixels",
        ),
        (
            LARGE._replace(remake=True),
            "is larger than 80 million pixels",
            "is larger than 80 million pixels, and must be turned",
        ),
        (LARGE._replace(wrong=""), "", ""),
    ],
)
def test_what_is_only_downloaded_may_be_what_no_page_shows(source, shown, linked):
    """TIFF, HEIC, a hundred million pixels for print; and no smaller form is made of it."""
    for seen, said in ((True, shown), (False, linked)):
        noun = POST._replace(files=(("a" + source.path[-4:], 1, seen),))
        refs, problems = resolve(noun, LINKS, HIDDEN, PEOPLE, TOPICS, {source.path: source}, "")

        assert [said] == [each.message.partition('" ')[2][: len(said)] for each in problems] or (
            not said and not problems
        )
        assert bool(refs.files[noun.files[0][0]].variants) is (seen and source.form == "jpeg" and not source.wrong)


def test_a_picture_in_the_text_itself_is_told():
    """No page shows it, and it would vanish without a word."""
    (told,) = resolved(POST._replace(files=(("data:", 1, True),)))[1]

    assert told.endswith(
        "a picture stands in the text itself, where no page shows it\nhint: put the picture into a file beside the post"
    )
