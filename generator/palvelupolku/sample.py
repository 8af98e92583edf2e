"""The texts of a starter's example service, and where they still stand in somebody's own."""

from palvelupolku.model import Service
from palvelupolku.prose import plain, sentences

EXAMPLE = {
    "name": "Esimerkkipalvelu",
    "summary": "Tämä on esimerkki. Kirjoita tähän, mitä oma palvelu antaa asiakkaalle.",
    "audience": "Kirjoita tähän, kenelle palvelu on.",
}
"""The example's text of each key: nobody's own service is told in these words."""


def left(service: Service) -> list[str]:
    """Return the keys under which a sentence of the example still stands."""
    audience = " ".join(claim.text.fi for claim in service.audience)
    texts = {"name": service.name.fi, "summary": service.summary.fi, "audience": audience}
    return [
        key
        for key, text in texts.items()
        if {*sentences(EXAMPLE[key])} & {*sentences(" ".join(plain(text).split()))}
    ]
