"""Outputs of a run, kept within bounds: head, tail and a hash of what was too long."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
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
    return "\n".join(_overwritten(line)[0] for line in text.split("\n"))


def _overwritten(line: str) -> tuple[str, int]:
    """The line as shown, and the place in it where more text would go."""
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
    return shown, place


def _settled(text: str) -> str:
    """A text that shows the same whatever is added, but short: nothing in it was overwritten."""
    if "\r" not in text and "\x08" not in text:
        return text
    above, end, line = text.rpartition("\n")
    shown, place = _overwritten(line)
    back = "\r" if place == 0 and shown else "\x08" * (len(shown) - place)
    return as_shown(above + end) + shown + back


@dataclass
class Stream:
    """stdout or stderr between two other outputs while it grows.

    It may come in pieces, where the other of the two came between. The same text in other
    pieces shows the same: one that is too long to keep is kept in its first.
    """

    name: str
    pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _long: LongText | None = None

    @property
    def is_cut(self) -> bool:
        return self._long is not None

    def add(self, text: str) -> None:
        if self._long is not None:
            self._long.add(text)
            return
        if not self.pieces:
            self.begin()
        self.pieces[-1] += text
        self._length += len(text)
        if self._length > HEAD_CHARACTERS:
            self._shorten(_settled("".join(self.pieces)))

    def begin(self) -> int:
        """A new piece for what comes next; its place among them."""
        self.pieces.append("")
        return len(self.pieces) - 1

    def output(self, piece: int = 0) -> Output | None:
        """A piece as nbformat has it, with ``cut`` where the text was too long to keep; None
        where nothing is in it."""
        made: Output = {"output_type": "stream", "name": self.name, "text": self.pieces[piece]}
        if self._long is not None and not piece:
            made |= self._long.kept()
        return made if made["text"] else None

    def _shorten(self, text: str) -> None:
        self.pieces = [text, *[""] * (len(self.pieces) - 1)]
        self._length = len(text)
        if self._length > HEAD_CHARACTERS and len(as_shown(text)) > HEAD_CHARACTERS:
            self.pieces[0] = ""
            self._long = LongText()
            self._long.add(text)


@dataclass
class LongText:
    """How a text begins and ends, its length and its hash, all as it is shown."""

    head: str = ""
    tail: str = ""
    length: int = 0
    _open: str = ""
    """Its last line, which may still be overwritten."""

    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, text: str) -> None:
        above, end, self._open = (self._open + text).rpartition("\n")
        self._take(as_shown(above + end))
        if len(self._open) > HEAD_CHARACTERS:
            self._open = _settled(self._open)
        if len(self._open) > 2 * HEAD_CHARACTERS:
            self._take(as_shown(self._open))
            self._open = ""

    def kept(self) -> Output:
        """The text that is kept, and what ``cut`` says of the whole."""
        whole = replace(self, _digest=self._digest.copy())
        whole._take(as_shown(self._open))
        cut = f"{whole.length} characters, sha256 {whole._digest.hexdigest()}"
        return {"text": f"{whole.head}\n[...]\n{whole.tail}", "cut": cut}

    def _take(self, text: str) -> None:
        self.length += len(text)
        self._digest.update(text.encode("utf-8", "replace"))
        space = HEAD_CHARACTERS - len(self.head)
        self.head, text = self.head + text[:space], text[space:]
        self.tail = (self.tail + text[-TAIL_CHARACTERS:])[-TAIL_CHARACTERS:]


@dataclass
class Budget:
    """How much of one cell's rich outputs is kept; what is left out is counted and hashed."""

    outputs: int = 0
    characters: int = 0
    dropped: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def takes(self, content: dict[str, Any]) -> bool:
        data = content.get("data")
        values = data.values() if isinstance(data, dict) else ()
        size = sum(len(str(value)) for value in values)
        if self.outputs < MAX_OUTPUTS and self.characters + size <= MAX_DATA_CHARACTERS:
            self.outputs += 1
            self.characters += size
            return True
        self.dropped += 1
        text = json.dumps(data or {}, sort_keys=True, default=str)
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
    kept: list[Output | tuple[Stream, int]] = []
    streams: dict[str, Stream] = {}
    budget = Budget()
    for output in outputs:
        if "cut" in output:
            kept.append(output)
        elif output.get("output_type") == "stream":
            stream = streams.setdefault(str(output.get("name")), Stream(str(output.get("name"))))
            kept.append((stream, stream.begin()))
            stream.add(str(output.get("text", "")))
        elif budget.takes(output):
            kept.append(output)
            streams = {}
    shown = (one if isinstance(one, dict) else one[0].output(one[1]) for one in kept)
    return (*[one for one in shown if one is not None], *budget.rest())
