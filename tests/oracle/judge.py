"""The engine's answers beside the truth: one row for each question and cell."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import CellReport, Report, Surroundings
from jupyter_prodready.surroundings import look_around

from .desk import DeskCell, Played
from .edits import bound
from .fork import Answer
from .play import Truth

NAME_ERRORS = {"NameError", "UnboundLocalError"}
FLAGGED = {"stale", "edited", "never-run", "old-session"}
ORDER_CHECKS = {
    "deleted-definition",
    "outdated-definition",
    "outside-definition",
    "definition-below",
    "undefined-name",
    "edited-since-run",
    "stale-input",
    "repeated-run",
    "out-of-order-run",
    "lingering-effect",
    "later-mutation",
    "shadowed-definition",
    "partial-run",
    "old-session-output",
    "never-run",
    "unparsable-cell",
}
_OPAQUE = re.compile(
    r"\bexec\(|\beval\(|globals\(\)|locals\(\)|vars\(\)|import \*|%run|%load|%pylab|%reset|%autoreload"
    r"|run_cell|%store|%cython"
)


@dataclass(frozen=True)
class Row:
    """One judgement. `truth` and `answer` are words; `right` says whether they agree."""

    question: str
    cause: str
    origin: str
    cell: str
    truth: str
    answer: str
    certain: bool = False
    opaque: bool = False

    @property
    def is_true(self) -> bool:
        """Is there really something to tell?"""
        return self.truth not in ("ok", "same", "fresh")

    @property
    def told(self) -> bool:
        """Does the engine tell something? `unknown` does not."""
        return self.answer in {"stale", "fails", "differs", "flagged", "edited"} | FLAGGED


@dataclass(frozen=True)
class Judged:
    """One session with all of its rows."""

    played: Played
    truth: Truth
    report: Report
    rows: tuple[Row, ...]

    @property
    def cause(self) -> str:
        return self.played.desk.kinds[-1]


def judge(played: Played, truth: Truth) -> Judged:
    notebook = played.notebook
    report = analyse(notebook, from_runs(notebook, played.runs), surroundings(played))
    rows = tuple(_rows(played, truth, report))
    return Judged(played, truth, report, rows)


def surroundings(played: Played) -> Surroundings | None:
    """What lies around the page when a clean run begins."""
    sources = [run.source or "" for run in played.runs]
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        for name, text in played.desk.page.files:
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        place = Path(folder, "session.ipynb")
        return look_around(played.notebook, place, Path(folder), ran=sources)


def _rows(played: Played, truth: Truth, report: Report) -> Iterator[Row]:
    answers = {one.id: one for one in report.cells}
    told = _said_to_fail(report)
    for place, cell in enumerate(played.desk.cells):
        case = _Case(played, truth, place, cell, answers[cell.id], cell.id in told)
        yield from case.restart()
        yield from case.state()
        yield from case.inputs()
        yield from case.now()
    if _in_order(played):
        for finding in report.findings:
            if finding.check in ORDER_CHECKS:
                origin = played.desk.cells[finding.cell_index].origin
                yield Row(
                    "order", "none", origin, finding.cell_id, "ok", "flagged", finding.certain
                )
        yield Row("in-order session", "none", "", "", "ok", report.verdict.state)


def _said_to_fail(report: Report) -> set[str]:
    return {one.cell_id for one in report.findings if one.certain and "fail" in one.consequence}


def _in_order(played: Played) -> bool:
    """Every run is the present code of one cell, in page order, and went well."""
    desk = played.desk
    ids = [(cell.id, cell.source) for cell in desk.cells]
    sent = [(one.cell_id, one.source) for one in desk.sent]
    return ids == sent and all(one and one["ok"] for one in played.results)


@dataclass(frozen=True)
class _Case:
    """One cell of one session."""

    played: Played
    truth: Truth
    place: int
    cell: DeskCell
    answer: CellReport
    told: bool

    @property
    def clean(self) -> Answer | None:
        return self.truth.clean[self.truth.seed][self.place]

    def _row(self, question: str, truth: str, answer: str, certain: bool = False) -> Row:
        desk = self.played.desk
        runs = [one.source for one in desk.sent] + [cell.source for cell in desk.cells]
        opaque = any(_OPAQUE.search(source) for source in runs)
        cause = desk.kinds[-1]
        return Row(question, cause, self.cell.origin, self.cell.id, truth, answer, certain, opaque)

    # --- restart ------------------------------------------------------------------------

    def restart(self) -> Iterator[Row]:
        first = self.truth.first_failure
        if first == -1:
            return  # it fails in some clean runs only
        answer = self.answer.restart
        if first is None or self.place < first:
            yield self._row("restart", "ok", answer, self.told)
        elif self.place == first:
            error = self.clean and self.clean["error"]
            kind = "name" if error in NAME_ERRORS else "other"
            yield self._row(f"restart first ({kind})", f"fails: {error}", answer, self.told)
        else:
            yield from self._behind(answer)

    def _behind(self, answer: str) -> Iterator[Row]:
        """Cells that a clean run never reaches, judged by a run that goes on."""
        really = self.truth.going_on[self.place]
        if really["ok"]:
            yield self._row("restart behind", "ok", answer, self.told)
        elif really["error"] in NAME_ERRORS:
            missing = re.search(r"name '(\w+)'", really["text"])
            above = [cell.source for cell in self.played.desk.cells[: self.place]]
            if missing and not any(missing[1] in bound(source) for source in above):
                yield self._row("restart behind", "fails: own name", answer, self.told)

    # --- state --------------------------------------------------------------------------

    def state(self) -> Iterator[Row]:
        last = self.played.last(self.cell)
        if last is None or self.clean is None or not self.truth.steady(self.place):
            return
        if not (last["text"] or self.clean["text"]):
            return
        if self.truth.first_failure == self.place and self.clean["error"] in NAME_ERRORS:
            return  # judged as a failure
        answer = self.answer.state
        truth = "same" if last["text"] == self.clean["text"] else "changed"
        question = "state" if self.cell.life == self.played.desk.life else "state (old session)"
        yield self._row(question, truth, answer, self.answer.certain)

    # --- inputs -------------------------------------------------------------------------

    def inputs(self) -> Iterator[Row]:
        last = self.played.last(self.cell)
        same_code = self.played.source_run(self.cell) == self.cell.source
        old = self.cell.life != self.played.desk.life
        if last is None or self.clean is None or not same_code or old or not last["ok"]:
            return
        steady = self.truth.steady_names(self.place, "read")
        varying = set(self.clean["read"]) - steady
        before = {name: one for name, one in last["read"].items() if name not in varying}
        expected = {name: one for name, one in self.clean["read"].items() if name in steady}
        truth = "fresh" if before == expected else "stale"
        yield self._row("inputs", truth, self.answer.inputs)

    # --- now ----------------------------------------------------------------------------

    def now(self) -> Iterator[Row]:
        probe = self.played.probes.get(self.place)
        if (
            probe is None
            or probe.get("lost")
            or self.clean is None
            or not self.truth.steady(self.place)
        ):
            return
        if not probe["ok"]:
            if self.clean["ok"]:
                yield self._row("now", "fails", self.answer.now)
            return
        if not self.clean["ok"]:
            yield self._row("now", "differs", self.answer.now)
            return
        same = probe["text"] == self.clean["text"] and not self.differing(probe)
        yield self._row("now", "ok" if same else "differs", self.answer.now)

    def differing(self, probe: Answer) -> list[str]:
        """What the cell makes, and makes otherwise now than in a clean run."""
        clean = self.clean or probe
        varying = set(clean["after"]) - self.truth.steady_names(self.place, "after")
        now, then = probe["after"], clean["after"]
        made = {*probe["made"], *clean["made"]} - varying
        return sorted(
            name
            for name in made
            if now.get(name) != then.get(name) and not _is_extra(name, now, then)
        )


def _is_extra(part: str, now: dict[str, str], then: dict[str, str]) -> bool:
    """A column or key that other cells put there: not made by this one in a clean run."""
    return "[" in part and part in now and part not in then
