"""What a template is made of: what it names, and what leads back to it."""

import pytest

from newsroom.render.reach import circle, closure, mention


def texts(**templates):
    """Templates by their names: texts(a="...") has a.html."""
    return {f"{name}.html": (f"themes/mine/templates/{name}.html", text) for name, text in templates.items()}


REACHES = [
    '{% include "b.html" %}', "{% include 'b.html' %}", "{%- include 'b.html' -%}", "{%+ include 'b.html' %}", "{%include'b.html'%}",
    '{% extends "b.html" %}', '{% import "b.html" as b %}', '{% from "b.html" import x with context %}', '{% include "b.html" ignore missing %}',
    '{% include "d.html" if x else "b.html" %}', '{% include ["d.html", "b.html"] %}', "{% include name %}", '{% include "b" ~ ".html" %}',
    '{%\n include\n "b.html"\n%}', '{% include "d.html" %}',
]  # fmt: skip


@pytest.mark.parametrize("reference", REACHES)
def test_a_template_is_made_of_everything_it_can_reach(reference):
    """However it is named; a name that is computed could be any."""
    one = texts(a=reference, b="1", d="{% include 'b.html' %}")
    other = texts(a=reference, b="2", d="{% include 'b.html' %}")

    assert closure("a.html", one) != closure("a.html", other)


def test_a_template_is_not_made_of_what_it_cannot_reach():
    """Another template's change renders none of its pages again."""
    one = texts(a='{% include "b.html" %}', b="{% include 'a.html' %}", c="1")
    other = one | texts(c="2")

    assert [closure(name, one) for name in ("a.html", "b.html")] == [
        closure(name, other) for name in ("a.html", "b.html")
    ]
    assert closure("c.html", one) != closure("c.html", other)


def test_a_template_that_is_made_of_itself_is_found_by_the_sites_own_name():
    """The one that can be mended: a theme that ships with newsroom cannot."""
    shipped = ("newsroom/themes/default/templates/b.html", '{% extends "a.html" %}')
    ring = texts(a='\n{% include "b.html" %}', c="") | {"b.html": shipped}

    assert circle("b.html", ring) == circle("a.html", ring) == ("a.html", "b.html", "a.html")
    assert circle("c.html", ring) == ()
    assert mention(ring["a.html"], "b.html") == ("themes/mine/templates/a.html", 2)
