"""XML as it is found."""

import pytest

from newsroom.comments.formats import markup


@pytest.mark.parametrize("size", [1, 2, 7, 11, 12, 13, 64, 10_000])
def test_xml_is_mended_alike_wherever_it_is_cut(size):
    """A reference or a mark that two pieces share is still one."""
    text = "a & b &amp; &#65; &#0; &#x10FFFF;<![CDATA[ & ]] ]]>&&lt;\x00<![CDATA[]]>& &nosuch; ]]>"
    expected = "a &amp; b &amp; &#65;  &#x10FFFF;<![CDATA[ & ]] ]]>&amp;&lt;<![CDATA[]]>&amp; &amp;nosuch; ]]>"

    assert expected == "".join(markup.mended([text[at : at + size] for at in range(0, len(text), size)]))
