"""The clear version of a service: what the client does and whom to ask, one step at a time.

It has its own address beside the whole page, which is one press away. It is called clear, not
"selkokieli": that word belongs to texts that Selkokeskus has reviewed.
"""

from palvelupolku.model import Service
from palvelupolku.pages import Press
from palvelupolku.published import Page
from palvelupolku.writing import Desk

VERSION = "selkea/"
"""What ends the address of a service's clear version."""


def clear(press: Press, address: str, service: Service) -> Page:
    """Return the clear version of a service."""
    place = f"{address}/{VERSION}"
    desk = Desk(place, press.library, address.partition("/")[0])
    words = press.path(desk, address, VERSION) | {"roles": []}
    body = press.render("selkea.html.j2", desk, **words)
    return Page(place, f"{service.name.fi}, selkeä versio", service.summary.fi, "clear", body)
