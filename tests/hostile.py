"""A library in which every text attacks: what an author's mistake or malice may hold at worst."""

import json
from collections.abc import Iterator
from typing import Any

CANARY = "canary.invalid"
"""No page may ever ask this host for anything."""

ATTACKS = (
    "<script>window.__pwned=1</script>",
    f'<img src="//{CANARY}/i" onerror="window.__pwned=1">',
    '<a href="javascript:window.__pwned=1" autofocus onfocus="window.__pwned=1">x</a>',
    f'<iframe src="//{CANARY}/f"></iframe><object data="//{CANARY}/o"></object>',
    f'<meta http-equiv="refresh" content="0;url=//{CANARY}/m"><base href="//{CANARY}/">',
    f'<style>@import "//{CANARY}/s";</style><link rel="stylesheet" href="//{CANARY}/l">',
    '" onmouseover="window.__pwned=1" onload=\'window.__pwned=1\' x="',
    "</title></textarea></style></text></a></svg><svg onload=window.__pwned=1>",
    "--><![CDATA[</script><script>window.__pwned=1</script>]]><?x ?>",
    '{{7*7}}{% raw %}{{ config }}{# x #} ${{ secrets.X }} --8<-- "mkdocs.yml"',
    r'\N \G <b>x</b> label="x" URL="javascript:window.__pwned=1" shape=<<i>x</i>>',
    "javascript:window.__pwned=1 vbscript:x data:text/html,<script>window.__pwned=1</script>",
)
_PLAIN_ONLY = "&lt;script&gt;window.__pwned=1&lt;/script&gt; &#60;img src=x&#62; **x** [x](y) `x`"
_PROSE_ONLY = (
    "\n---\ntemplate: ../../x.html\n---\n# x {#__search onclick=x}\n"
    "```mermaid\n--8<-- 'mkdocs.yml'\n::: x\n!!! note\n| a | b |"
)
SHORT = (*ATTACKS[:1], *ATTACKS[6:9], "&lt;/title&gt;&lt;script&gt;window.__pwned=1&lt;/script&gt;")


class Attacker:
    """Makes texts that attack, each with a word of its own by which it is known."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        """Every Finnish text by its word; the word says in which field it stands."""

    def _new(self, field: str, attack: str) -> str:
        word = f"q{len(self.texts):03}{field}"
        self.texts[word] = f"Q{word[1:]} {attack}"
        return self.texts[word]

    def words(self, field: str) -> str:
        """Return a plain text in no language."""
        return self._new(field, f"{' '.join(ATTACKS)} {_PLAIN_ONLY}")

    def text(self, field: str) -> dict[str, str]:
        """Return a plain text in every language."""
        languages = {"sv": "Sv", "en": "En", "fi-simple": "Simple"}
        others = {key: self.words(field + name) for key, name in languages.items()}
        return {"fi": self.words(field), **others}

    def short(self, field: str) -> dict[str, str]:
        """Return a text short enough for a summary."""
        return {"fi": self._new(field, SHORT[len(self.texts) % len(SHORT)])}

    def prose(self, field: str) -> dict[str, str]:
        """Return a text in which emphasis, lists and links may stand."""
        return {"fi": self._new(field, f"{' '.join(ATTACKS)} {_PROSE_ONLY}")}

    def claim(self, field: str) -> dict[str, Any]:
        """Return a claim with a source."""
        return {"text": self.prose(field), "sources": ["lahde"]}


def library(attacker: Attacker) -> dict[str, bytes]:
    """Return the files of a small library with an attack in each text of each kind of thing."""
    data = {
        "catalogue/actors": {
            "toimija": _actor(attacker, "actor"),
            "toinen": _actor(attacker, "other"),
            "rooli": _actor(attacker, "rolename"),
        },
        "catalogue/laws": {
            "laki": {
                "name": attacker.text("lawname"),
                "number": "1/2001",
                "url": "https://example.org/l",
            },
        },
        "catalogue/sources": {
            "lahde": {
                "title": attacker.words("sourcetitle"), "publisher": attacker.words("publisher"),
                "kind": "project", "url": "https://example.org/s", "modified": "2022",
                "seen": "2026",
            },
        },
        "catalogue/terms": {
            "termi": {
                "name": attacker.text("termname"), "meaning": attacker.text("meaning"),
                "forms": [attacker.words("form")],
            },
        },
        "catalogue/outcomes": {
            "loppu": {
                "name": attacker.text("outcomename"), "about": attacker.text("outcomeabout"),
                "on_map": True,
            },
        },
        "alue/region": {
            "name": attacker.text("regionname"), "genitive": attacker.words("genitive"),
            "summary": attacker.text("regionsummary"),
            "about": [attacker.claim("regionabout"), attacker.claim("regionabout")],
            "swedish": "true",
            "roles": [{"role": "rooli", "actor": "toinen", "sources": ["lahde"]}],
            "areas": {
                "osa": {
                    "name": attacker.text("areaname"), "lead": attacker.words("lead"),
                    "about": attacker.prose("areaabout"), "sources": ["lahde"],
                },
            },
            "municipalities": {
                "kunta": {
                    "code": "091", "name": attacker.text("townname"), "area": "osa",
                    "pilot": "true",
                    "services": [
                        {
                            "service": "kortti", "state": "available", "sources": ["lahde"],
                            "text": attacker.prose("presence"),
                        },
                    ],
                },
            },
        },
        "alue/kunnat/kunta": {
            "review": {
                "owner": attacker.text("townowner"), "author": attacker.text("townauthor"),
                "reviewed_by": attacker.text("townreviewer"),
                "reviewed_on": "2026-01-01", "sources_seen": "2026-01-01",
            },
            "services": [_supply(attacker)],
        },
        "catalogue/questions": {
            "kysymys": {
                "name": attacker.text("question"), "about": attacker.text("questionabout"),
                "services": ["alue/polku"],
            },
        },
        "seloste": {
            "publisher": attacker.text("publishedby"), "state": "partial",
            "gaps": [{"what": attacker.text("gap"), "why": attacker.text("gapwhy")}],
            "made_on": "2026-01-01", "reviewed_on": "2026-01-01",
            "method": attacker.text("method"), "feedback": "https://example.org/p",
            "unit": attacker.text("unit"), "supervisor": attacker.text("supervisor"),
            "supervisor_url": "https://example.org/v", "supervisor_checked": "2026-01-01",
        },
        "yhteiset/pohja": {"stage": "activity", "goals": [attacker.claim("goal")]},
        "alue/polku": _service(attacker) | {
            "builds_on": ["pohja"], "steps": list(_steps(attacker))
        },
        "alue/kortti": _service(attacker) | _frame(attacker) | {"replaces": ["vanha"]},
    }  # fmt: skip
    return {
        f"{name}.yml": json.dumps(part, ensure_ascii=False).encode() for name, part in data.items()
    }


def _actor(attacker: Attacker, kind: str) -> dict[str, Any]:
    return {"name": attacker.text(f"{kind}name"), "about": attacker.text(f"{kind}about")}


def _supply(attacker: Attacker) -> dict[str, Any]:
    """Return what a town says of a service and of its steps."""
    added = _step(attacker, "oma", "townstep") | {"after": "valinta", "before": "lopetus"}
    return {
        "service": "polku", "state": "available", "sources": ["lahde"],
        "text": attacker.prose("supply"), "name": attacker.text("townservice"),
        "provider": attacker.text("provider"), "unit": attacker.text("supplyunit"),
        "contact": attacker.text("supplycontact"),
        "instead": {"text": attacker.prose("instead"), "service": "kortti"},
        "documents": [attacker.text("supplydocument")],
        "links": [{"name": attacker.text("supplylink"), "url": "https://example.org/s"}],
        "steps": [
            {
                "id": "alku", "state": "different", "sources": ["lahde"],
                "text": attacker.prose("otherwise"), "reason": attacker.prose("reason"),
                "client": attacker.prose("otherclient"), "contact": attacker.text("othercontact"),
                "documents": [attacker.text("otherdocument")],
            },
        ],
        "added": [added],
    }  # fmt: skip


def _frame(attacker: Attacker) -> dict[str, Any]:
    """Return what a programme says beside a service."""
    return {
        "participants": [{"actor": "toinen", "role": attacker.text("peoplerole")}],
        "parts": [
            {
                "name": attacker.text("partname"), "goals": [attacker.claim("partgoal")],
                "services": ["polku"],
            },
        ],
        "onward": [
            {"outcome": "loppu", "condition": attacker.text("onward"), "sources": ["lahde"]},
        ],
    }  # fmt: skip


def _service(attacker: Attacker) -> dict[str, Any]:
    groups = (
        "notices", "about", "boundaries", "audience", "entry", "money", "duration", "rights",
        "competence", "quality", "changes",
    )  # fmt: skip
    return {
        "name": attacker.text("servicename"),
        "nature": "statutory-service",
        "stage": "activity",
        "summary": attacker.short("summary"),
        "status": attacker.claim("status"),
        **{group: [attacker.claim(group), attacker.claim(group)] for group in groups},
        "arrangers": [{"actor": "toimija", "sources": ["lahde"]}],
        "laws": [
            {"law": "laki", "section": attacker.words("section"), "about": attacker.text("basis")}
        ],
        "links": [{"name": attacker.text("linkname"), "url": "https://example.org/k"}],
        "keywords": [attacker.words("keyword")],
        "review": {
            "owner": attacker.text("owner"), "author": attacker.text("author"),
            "reviewed_by": attacker.text("reviewer"),
            "reviewed_on": "2026-01-01", "next_review": "2027-01-01",
            "sources_seen": "2026-01-01", "law_checked": "2026-01-01",
        },
        "history": [{"date": "2026-01-01", "text": attacker.text("history")}],
    }  # fmt: skip


def _steps(attacker: Attacker) -> Iterator[dict[str, Any]]:
    ways: dict[str, list[dict[str, str]]] = {
        "alku": [{"step": "valinta"}],
        "valinta": [
            {"step": "lopetus"}, {"service": "kortti"}, {"outcome": "loppu"},
            {"step": "alku", "kind": "return"},
        ],
        "lopetus": [],
    }  # fmt: skip
    kinds = dict(zip(ways, ("start", "decision", "end"), strict=True))
    for name, choices in ways.items():
        told = [
            {**choice, "condition": attacker.text("condition"), "sources": ["lahde"]}
            for choice in choices
        ]
        yield _step(attacker, name, "stepname") | {"kind": kinds[name], "choices": told}


def _step(attacker: Attacker, name: str, field: str) -> dict[str, Any]:
    return {
        "id": name, "phase": "in", "name": attacker.text(field),
        "actor": "toimija", "sources": ["lahde"],
        "participants": [{"actor": "toinen", "role": attacker.text("role")}],
        "client": attacker.prose("client"), "plain": attacker.prose("plain"),
        "professional": attacker.prose("professional"),
        "documents": [attacker.text("document"), attacker.text("document")],
        "duration": attacker.claim("stepduration"), "failure": attacker.prose("failure"),
        "contact": attacker.text("contact"),
        "laws": [
            {"law": "laki", "section": attacker.words("stepsection"),
             "about": attacker.text("stepbasis")},
        ],
    }  # fmt: skip
