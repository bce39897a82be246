"""Nouns become a Site."""
