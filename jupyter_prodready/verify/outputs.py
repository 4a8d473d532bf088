"""Outputs of a run, kept within bounds: head, tail and a hash of what was too long."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from .plan import Output

HEAD_CHARACTERS = 1_000_000
TAIL_CHARACTERS = 64_000
MAX_OUTPUTS = 1_000
MAX_DATA_CHARACTERS = 32_000_000
"""Of the rich outputs of one cell together."""

_CONTROLS = re.compile(r"([\r\x08])")


def as_shown(text: str) -> str:
    """The text as JupyterLab shows and saves it: ``\\r`` and ``\\b`` move back, text overwrites."""
    text = text.replace("\r\n", "\n")
    if "\r" not in text and "\x08" not in text:
        return text
    return "\n".join(_overwritten(line) for line in text.split("\n"))


def _overwritten(line: str) -> str:
    shown = ""
    place = 0
    for part in _CONTROLS.split(line):
        if part == "\r":
            place = 0
        elif part == "\x08":
            place = max(0, place - 1)
        elif part:
            shown = shown[:place] + part + shown[place + len(part) :]
            place += len(part)
    return shown


def _settled(text: str) -> str:
    """The text with all but its last line as shown: what may still be overwritten stays."""
    end = max(text.rfind("\n"), text.rfind("\r"))
    if end < 0 or ("\r" not in text and "\x08" not in text):
        return text
    return as_shown(text[:end]) + text[end:]


@dataclass
class Stream:
    """The text of one stdout or stderr output while it grows."""

    name: str
    head: str = ""
    tail: str = ""
    length: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, text: str) -> None:
        """Append; the same text in other pieces gives the same output."""
        self.length += len(text)
        self._digest.update(text.encode("utf-8", "replace"))
        if not self.tail:
            self.head += text
            if len(self.head) <= HEAD_CHARACTERS:
                return
            self.head = _settled(self.head)
            self.head, text = self.head[:HEAD_CHARACTERS], self.head[HEAD_CHARACTERS:]
        self.tail = (self.tail + text[-TAIL_CHARACTERS:])[-TAIL_CHARACTERS:]

    def output(self) -> Output:
        """As nbformat has it; with ``cut`` where the text was too long to keep."""
        shown: Output = {"output_type": "stream", "name": self.name, "text": self.head}
        if self.tail:
            shown["text"] = f"{self.head}\n[...]\n{self.tail}"
            shown["cut"] = f"{self.length} characters, sha256 {self._digest.hexdigest()}"
        return shown


@dataclass
class Budget:
    """How much of one cell's rich outputs is kept; what is left out is counted and hashed."""

    outputs: int = 0
    characters: int = 0
    dropped: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def takes(self, content: dict[str, Any]) -> bool:
        size = sum(len(str(value)) for value in content.get("data", {}).values())
        if self.outputs < MAX_OUTPUTS and self.characters + size <= MAX_DATA_CHARACTERS:
            self.outputs += 1
            self.characters += size
            return True
        self.dropped += 1
        text = json.dumps(content.get("data", {}), sort_keys=True, default=str)
        self._digest.update(text.encode())
        return False

    def rest(self) -> tuple[Output, ...]:
        """One output that stands for all that were not kept; none if all were."""
        if not self.dropped:
            return ()
        cut = f"{self.dropped} more outputs, sha256 {self._digest.hexdigest()}"
        return ({"output_type": "stream", "name": "stdout", "text": "[...]\n", "cut": cut},)


def bounded(outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    """The outputs that a page shows, under the bounds of those of a run."""
    kept: list[Output] = []
    for output in outputs:
        if output.get("output_type") == "stream" and "cut" not in output:
            stream = Stream(str(output.get("name")))
            stream.add(str(output.get("text", "")))
            kept.append(stream.output())
        else:
            kept.append(output)
    return tuple(kept)
