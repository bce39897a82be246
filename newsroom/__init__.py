"""A static site generator for newsrooms in which every post is signed by the people who wrote it."""

__version__ = "0.1.0"
