"""A Site becomes bytes."""
