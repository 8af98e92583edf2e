"""Where a press on a path leads, as the address tells it: decided without a page."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

STATE = Path(__file__).parents[1] / "templates/assets/path-state.js"
NODE = Path(sys.executable).with_name("node")
PATH = [
    {"id": "a", "old": ["vanha"], "ways": [{"to": "b", "kind": "onward"}]},
    {"id": "b", "old": [], "ways": [
        {"to": "c", "kind": "onward"}, {"to": "a", "kind": "return"},
        {"to": "b~r/muu", "kind": "onward"}, {"to": "b~outcome/tyo", "kind": "onward"},
    ]},
    {"id": "c", "old": [], "ways": [{"to": "c~outcome/tyo", "kind": "onward"}]},
]  # fmt: skip


def asked(expression: str) -> str:
    """Return the value of an expression over the module, with the path as `path`."""
    script = (
        f"import * as s from {json.dumps(STATE.as_uri())}; const path = {json.dumps(PATH)};"
        f"process.stdout.write(JSON.stringify({expression}) ?? '')"
    )
    command = [NODE, "--input-type=module", "--eval", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("state", "source", "to", "leads"),
    [
        ("#vaihe-a;n=k", "a", "b", "#vaihe-b;p=a;n=k"),
        ("#vaihe-b;p=a;n=k", "b", "c", "#vaihe-c;p=a.b;n=k"),
        ("#vaihe-c;p=a.b;n=k", "c", "a", "#vaihe-a;n=k"),
        ("#vaihe-c;p=a.b;n=k", "c", "c", "#vaihe-c;p=a.b;n=k"),
        ("#vaihe-c;p=a.b;n=k", "a", "b", "#vaihe-b;p=a;n=k"),
        ("#vaihe-b;p=a;n=k", "b", "b~outcome/tyo", "#vaihe-b;p=a;x=tyo;n=k"),
        ("#vaihe-b;p=a;x=tyo;n=k", "b", "b", "#vaihe-b;p=a;n=k"),
        ("#vaihe-b;p=a;n=m", "b", "b~r/muu", "../muu/#n=m;e=r/oma:a.b"),
        ("#vaihe-b", "b", "b~r/muu", "../muu/#e=r/oma:b"),
        ("", "b", "b~r/muu", "../muu/"),
        ("", "a", "b", "#vaihe-b;p=a"),
    ],
)  # fmt: skip
def test_where_a_press_leads(state: str, source: str, to: str, leads: str):
    """What was walked goes along; a press on where one is loses nothing; no walk begins unasked."""
    given = ", ".join(map(json.dumps, (source, to)))
    call = f"s.address(s.parse({json.dumps(state)}), {given}, path, 'r/oma', '../muu/')"
    assert asked(call) == leads


@pytest.mark.parametrize(
    ("address", "becomes", "told"),
    [
        ("#vaihe-b;p=a;r=ohjaaja", "#vaihe-b;p=a;r=ohjaaja", ""),
        ("#vaihe-b;p=a;r=poistettu", "#vaihe-b;p=a", "role"),
        ("#vaihe-vanha;n=k", "#vaihe-a;n=k", ""),
        ("#vaihe-poissa;p=a;n=k", "#vaihe-a;n=k", "nearest"),
        ("#vaihe-poissa", "#", "gone"),
        ("#vaihe-b;p=%;n=%", "#vaihe-b", ""),
        ("#vaihe-c;p=a;n=k", "#vaihe-c;n=k", "past"),
        ("#vaihe-c;p=a.b;x=muu;n=k", "#vaihe-c;p=a.b;n=k", "past"),
        ("#n=m", "#vaihe-a;n=m", ""),
        ("#%E0%A4%A", "#", ""),
    ],
)
def test_an_address_is_fitted_to_the_path(address: str, becomes: str, told: str):
    """What the path and the page no longer know is left out, and what matters is told."""
    found = asked(
        f"((f) => [s.format(f.state), f.changed])(s.fit(s.parse({json.dumps(address)}), path, "
        "['', 'ohjaaja']))"
    )
    assert found == [becomes, told]


@pytest.mark.parametrize(
    ("state", "back"),
    [
        ("#vaihe-b;p=a;x=tyo;n=k", ["r/oma", "#vaihe-b;p=a;n=k"]),
        ("#vaihe-b;p=a;n=k", ["r/oma", "#vaihe-a;n=k"]),
        ("#vaihe-a;n=k;e=r/muu:x.y", ["r/muu", "#vaihe-y;p=x;n=k"]),
        ("#vaihe-a;n=k", None),
    ],
)
def test_the_way_back(state: str, back: list[str] | None):
    """One step back: from an end, on the path, and over to the service one came from."""
    call = f"s.goBack(s.parse({json.dumps(state)}), 'r/oma')"
    assert asked(f"((b) => b && [b.service, s.format(b.state)])({call})") == back
