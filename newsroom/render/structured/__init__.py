"""Owns what pages tell machines of people and posts: JSON-LD in the words of schema.org, and who is to be credited.

Must not say more than the page shows: that is why the digests of the page's other parts cover it. Which properties: as
Google documents them for ProfilePage, Article, Organization and BreadcrumbList; where it is silent, as schema.org does.
"""

from newsroom.render.structured import listing
from newsroom.render.structured.organisation import PROMISES, home, logo, organisation, promises
from newsroom.render.structured.person import account, creator, person, profiles, reached
from newsroom.render.structured.post import post
from newsroom.render.structured.things import absolute, sentence, trail, written

__all__ = [
    "PROMISES", "absolute", "account", "creator", "home", "listing", "logo", "organisation", "person", "post", "profiles",
    "promises", "reached", "sentence", "trail", "written",
]  # fmt: skip
