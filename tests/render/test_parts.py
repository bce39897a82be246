"""What pages are made of."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from newsroom.read.prose import words
from newsroom.render.reading import word_count

SPACES = " \t\n\r\f\v\x1c\x85\xa0\u2003\u2028\u202f\u3000\u200b"


@given(st.lists(st.text(st.one_of(st.sampled_from("ab’😀" + SPACES), st.characters())), min_size=1))
def test_words_are_counted_as_python_splits_them(paragraphs):
    """Whatever spaces a writer uses: a no-break space beside a space is still one gap."""
    tokens = [SimpleNamespace(type="text", content=text) for text in paragraphs]
    text = "\n".join(line for token in tokens if (line := words([token])))

    assert not text or len(text.split()) == word_count(text)
