"""The clear version of a service: what the client does and whom to ask, one step at a time.

It has its own address beside the whole page, which is one press away. It is called clear, not
"selkokieli": that word belongs to texts that Selkokeskus has reviewed.
"""

from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from palvelupolku.fields import Text
from palvelupolku.graph import to_graph
from palvelupolku.model import Service
from palvelupolku.pages import Press
from palvelupolku.published import Page

VERSION = "selkea/"
"""What ends the address of a service's clear version."""


def plainest(press: Press) -> Press:
    """Return the press with the plain words of each text, where it has them, as its Finnish."""
    library: Any = _plainest(press.library)
    graphs = {
        address: to_graph(service, press.towns.home(address))
        for address, service in library.services.items()
    }
    return replace(press, library=library, graphs=graphs, towns=press.towns.told(_plainest))


def _plainest(value: Any) -> Any:  # noqa: ANN401 - any part of a library
    """Return a part of the library in plain words; one without any is itself."""
    if isinstance(value, Text):
        return value.model_copy(update={"fi": value.plainest})
    if isinstance(value, BaseModel):
        parts = {name: getattr(value, name) for name in type(value).model_fields}
        return value.model_copy(update=_plainest(parts))
    if isinstance(value, tuple):
        return tuple(map(_plainest, value))
    return {k: _plainest(v) for k, v in value.items()} if isinstance(value, dict) else value


def clear(press: Press, address: str, service: Service) -> Page:
    """Return the clear version of a service, from a press in its plainest words."""
    desk = press.desk(address, VERSION)
    words = press.path(desk, address, version=VERSION) | {"roles": []}
    body = press.render("selkea.html.j2", desk, **words)
    title = f"{press.towns.title(address, service)}, selkeä versio"
    return Page(desk.address, title, service.summary.fi, "clear", body)
