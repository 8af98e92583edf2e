"""The rim to Pagefind: what a reader may look for → an index that is loaded in small parts.

Asks Pagefind's service directly, one question at a time: its Python client takes an answer only ten
times a second, which was most of the time of a build, and waits for ever for a service that died.
"""

import base64
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

from palvelupolku.records import SearchRecord

_SERVICE_ENDED = "Pagefind ei vastaa"


def write_index(records: Iterable[SearchRecord], site: Path) -> None:
    """Write the index of the records to `pagefind/` in the site's folder.

    Raises `OSError` when Pagefind cannot be asked, or cannot do what it is asked.
    """
    output = {"type": "WriteFiles", "index_id": 0, "output_path": str(site / "pagefind")}
    questions = [{"type": "NewIndex", "config": {}}, *map(_addition, records), output]
    command = [str(get_executable()), "--service"]
    with subprocess.Popen(  # noqa: S603 - Pagefind's own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as service:
        for number, question in enumerate(questions):
            _ask(service, number, question)


def _addition(record: SearchRecord) -> dict[str, Any]:
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"/{record.address}",
        "content": record.indexed,
        "language": "fi",
        "meta": {
            "title": record.title, "place": record.place, "address": record.address,
            "names": record.names,
        },
    }  # fmt: skip


def _ask(service: "subprocess.Popen[bytes]", number: int, question: dict[str, Any]) -> None:
    """Send one question and wait for its answer; both end in a comma."""
    assert service.stdin
    assert service.stdout
    message = json.dumps({"message_id": number, "payload": question}).encode()
    service.stdin.write(base64.b64encode(message) + b",")
    service.stdin.flush()
    answer = b""
    while (byte := service.stdout.read(1)) not in (b"", b","):
        answer += byte
    if not answer:
        raise OSError(0, _SERVICE_ENDED)
    payload = json.loads(base64.b64decode(answer))["payload"]
    if payload["type"] == "Error":
        raise OSError(0, payload["message"])
