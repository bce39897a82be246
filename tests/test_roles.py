"""A byline is a person."""

import pytest

from newsroom.roles import is_role


@pytest.mark.parametrize("name", [
    "Admin", "The Editors", "Marketing-Team", "marketing_team", "Press Office", "Northwind", "northwind  newsroom",
    "Northwind Editorial", "The Design Team", "Redaktion", "Rédaction", "HR", "Guest Author",
])  # fmt: skip
def test_a_role_is_no_person(name):
    """Neither a department nor the company, however it is spelt, nor in other languages."""
    assert is_role(name, "Northwind", "Northwind Newsroom")


@pytest.mark.parametrize("name", [
    "Maya Okafor", "Guest Otieno", "Adminda Team-Olsen", "Pr. Anna Staff", "Info Rossi", "Systema", "李小龍", "Bo",
    "Maya O'Team", "Allison Press", "Jamie Staff", "Northwind Smith",
])  # fmt: skip
def test_a_person_may_be_called_anything_else(name):
    """Names that only resemble a role are names."""
    assert not is_role(name, "Northwind", "Northwind Newsroom")
