"""Files become nouns."""
