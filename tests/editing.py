"""An editor as seen by yaml-language-server: a client of its protocol over standard input."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from commands import ROOT
from test_javascript import BIN

_SERVER = ROOT / "tests/node_modules/yaml-language-server/bin/yaml-language-server"


class Editor:
    """One folder, opened with the settings that lie in it."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process, self.folder = process, folder
        self._settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))
        self._last = 0
        self._problems: dict[str, list[dict[str, Any]]] = {}
        self._opened: dict[str, str] = {}
        self._configured = False
        root = {"uri": folder.as_uri(), "name": "oma"}
        wishes = {
            "rootUri": folder.as_uri(), "workspaceFolders": [root], "processId": None,
            "capabilities": {"workspace": {"configuration": True, "workspaceFolders": True}},
        }  # fmt: skip
        self.ask("initialize", **wishes)
        self._tell("initialized")
        while not self._configured:
            self._hear()

    def open(self, name: str, text: str) -> list[tuple[int, str]]:
        """Open a file with a text; return its problems as (line, message).

        Each time it lies in a folder of its own, so that nothing told of an earlier text is heard.
        """
        self._last += 1
        uri = (self.folder / str(self._last) / name).as_uri()
        self._opened[name] = uri
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=document)
        return [(p["range"]["start"]["line"] + 1, p["message"]) for p in self._problems_of(uri)]

    def _problems_of(self, uri: str) -> list[dict[str, Any]]:
        while uri not in self._problems:
            self._hear()
        return self._problems.pop(uri)

    def hover(self, name: str, line: int, column: int) -> str:
        """Return what is shown over a place, both counted from 1."""
        told = self.ask("textDocument/hover", **self._place(name, line, column))
        return str(told["contents"]["value"]) if told else ""

    def completions(self, name: str, line: int, column: int) -> list[str]:
        """Return what is offered at a place."""
        told = self.ask("textDocument/completion", **self._place(name, line, column))
        return [item["label"] for item in told["items"]]

    def _place(self, name: str, line: int, column: int) -> dict[str, Any]:
        place = {"line": line - 1, "character": column - 1}
        return {"textDocument": {"uri": self._opened[name]}, "position": place}

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a request; return its result."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": parameters})
        while True:
            heard = self._hear()
            if heard.get("id") == self._last and "method" not in heard:
                return heard["result"]

    def _tell(self, method: str, **parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        """Return the next message, and answer what the server asks."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            length = int(line.split(b":")[1]) if line.startswith(b"Content-Length") else length
        assert length, "the server has ended"
        heard: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if heard.get("method") == "textDocument/publishDiagnostics":
            self._problems[heard["params"]["uri"]] = heard["params"]["diagnostics"]
        elif "id" in heard and "method" in heard:
            self._send({"id": heard["id"], "result": self._answer(heard)})
        return heard

    def _answer(self, asked: dict[str, Any]) -> Any:
        if asked["method"] != "workspace/configuration":
            return None
        yaml: dict[str, Any] = {"validate": True, "hover": True, "completion": True}
        for name, value in self._settings.items():
            part, *rest = name.removeprefix("yaml.").split(".")
            yaml[part] = {rest[0]: value} if rest else value
        self._configured = True
        sections = [item["section"] for item in asked["params"]["items"]]
        return [yaml if section == "yaml" else {} for section in sections]


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    """Open a folder in an editor and close it at the end."""
    command = [str(BIN / "node"), str(_SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Editor(process, folder)
        finally:
            process.kill()
