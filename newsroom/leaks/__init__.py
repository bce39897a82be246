"""Owns the proof that nothing unpublished is in the output folder: what to look for, and how every file is looked through."""
