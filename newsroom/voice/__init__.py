"""Owns the voice check: what in a text sounds like an institution, where, and why. Pure; it explains and never rewrites.

    text = spoken.text(path, raw, ...)          # read/spoken.py: a source file becomes a Text of Passages
    reading = voice.read(text, allowed={})      # Reading(findings, problems, language); language "" where none is known

A `Passage` is one block as readers see it: `passage.text` has no markup. A `Finding` names its passage by number and
the words in it by `start` and `end`, so that whoever shows a report writes, for each passage,

    escape(text[:start]) + "<mark>" + escape(text[start:end]) + "</mark>" + escape(text[end:])

Findings come in the order of the text and may overlap (a sentence too long, a phrase in it): sort by start, and mark the
longer around the shorter. `sentences(text)` gives (start, end) of each sentence. A finding about the whole text
(`whole=True`) stands at its first sentence, or at the one that shows it best. RULES says what each code means:
`RULES[finding.rule].why`.
Where a place stands in the file, line and column, is for `spoken.locate(raw, text, finding)` to say.

Must not read files, but for its own tables of words in languages/. Knows no stage.
"""

from newsroom.voice.languages import LANGUAGES
from newsroom.voice.reading import read
from newsroom.voice.rules import RULES
from newsroom.voice.sentences import sentences
from newsroom.voice.text import Allow, Finding, Passage, Reading, Text

__all__ = ["LANGUAGES", "RULES", "Allow", "Finding", "Passage", "Reading", "Text", "read", "sentences"]
