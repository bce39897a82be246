"""Do less; knows nothing of posts."""
