"""Counts of right and wrong answers, and the bars that they must pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .judge import Row

RAN = {"re-run", "edit-and-run", "failed-run", "run-above", "undo", "console", "insert"}
NOT_RUN = {"edit-not-run"}


@dataclass(frozen=True)
class Score:
    """How often something was there, was told, and both."""

    rows: int
    true: int
    told: int
    both: int
    unknown: int
    false_certain: int

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        return self.both / self.told if self.told else 1.0


def score(rows: Iterable[Row]) -> Score:
    rows = list(rows)
    return Score(
        rows=len(rows),
        true=sum(row.is_true for row in rows),
        told=sum(row.told for row in rows),
        both=sum(row.is_true and row.told for row in rows),
        unknown=sum(row.answer == "unknown" for row in rows),
        false_certain=sum(row.told and row.certain and not row.is_true for row in rows),
    )


def table(rows: Sequence[Row], key: Callable[[Row], str], title: str) -> str:
    """Markdown: recall and precision of one question for each value of `key`."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    lines = [
        f"| {title} | cells | true | told | recall | precision | unknown | certain and wrong |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in [*sorted(groups), "all"]:
        one = score(rows if name == "all" else groups[name])
        lines.append(
            f"| {name} | {one.rows} | {one.true} | {one.told} | {_share(one.both, one.true)} "
            f"| {_share(one.both, one.told)} | {one.unknown} | {one.false_certain} |"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def of(rows: Sequence[Row], question: str) -> list[Row]:
    return [row for row in rows if row.question.startswith(question)]


def report(rows: Sequence[Row]) -> str:
    """All tables as Markdown."""
    parts: list[str] = []
    for question in ("state", "inputs", "now"):
        chosen = [row for row in rows if row.question == question]
        parts.append(f"### `{question}`\n\n{table(chosen, lambda row: row.cause, 'cause')}")
    restart = of(rows, "restart")
    kinds = "\n".join(
        f"| {row[0]} | {row[1]} | {row[2]} | {count} |"
        for row, count in sorted(
            Counter((one.question, one.truth, one.answer) for one in restart).items()
        )
    )
    parts.append(
        f"### `restart`\n\n{table(restart, lambda row: row.question, 'place')}\n\n"
        f"{table(of(rows, 'restart first (name)'), lambda row: row.cause, 'cause (name)')}\n\n"
        f"| place | truth | answer | cells |\n|---|---|---|---|\n{kinds}"
    )
    old = of(rows, "state (old")
    parts.append(
        f"### Shown from before a restart\n\n{table(old, lambda row: row.answer, 'answer')}"
    )
    parts.append(f"### Bars\n\n{bars_table(rows)}")
    return "\n\n".join(parts)


def by_origin(rows: Sequence[Row]) -> str:
    """`state` for each cell template that has a wrong answer, worst first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.question in ("state", "restart first (name)", "inputs", "now"):
            groups[f"{row.question} {row.origin}"].append(row)
    scored = [(name, score(group)) for name, group in groups.items()]
    bad = [(n, s) for n, s in scored if s.both < s.true or s.both < s.told]
    bad.sort(key=lambda one: -(2 * (one[1].true - one[1].both) + one[1].told - one[1].both))
    lines = ["| question and cell | cells | missed | false |", "|---|---|---|---|"]
    lines += [f"| {n} | {s.rows} | {s.true - s.both} | {s.told - s.both} |" for n, s in bad[:60]]
    return "\n".join(lines)


# --- bars -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """A figure that must not fall below (or, for `at_most`, rise above) a line."""

    name: str
    value: float
    line: float
    cells: int
    at_most: bool = False

    @property
    def holds(self) -> bool:
        return self.value <= self.line if self.at_most else self.value >= self.line


def bars(rows: Sequence[Row]) -> list[Bar]:
    name = score(of(rows, "restart first (name)"))
    fails = [row for row in of(rows, "restart") if row.answer == "fails"]
    certain = [row for row in of(rows, "restart") if row.certain]
    state = [row for row in rows if row.question == "state"]
    ran = score(row for row in state if row.cause in RAN)
    unrun = score(row for row in state if row.cause in NOT_RUN)
    clear = [row for row in rows if not row.opaque and row.question in ("state", "inputs", "now")]
    clear += [row for row in of(rows, "restart") if not row.opaque]
    unknown = score(clear).unknown
    order = of(rows, "order")
    return [
        Bar("name-caused failures: recall", name.recall, 0.98, name.true),
        Bar("`restart` says fails: precision", _true_share(fails), 1.0, len(fails)),
        Bar("certain findings of failure: precision", _true_share(certain), 1.0, len(certain)),
        Bar("shown cells that changed: recall", score(state).recall, 0.97, score(state).true),
        Bar("flagged after runs: precision", ran.precision, 0.75, ran.told),
        Bar("flagged after edits not run: precision", unrun.precision, 0.5, unrun.told),
        Bar(
            "certain and wrong: state",
            score(state).false_certain,
            0,
            score(state).told,
            at_most=True,
        ),
        Bar("unknown answers", unknown / max(1, len(clear)), 0.05, len(clear), at_most=True),
        Bar("order findings in clean sessions", len(order), 0, len(of(rows, "in-order")), True),
    ]


def _true_share(rows: Sequence[Row]) -> float:
    return sum(row.is_true for row in rows) / len(rows) if rows else 1.0


def bars_table(rows: Sequence[Row]) -> str:
    lines = ["| bar | value | line | of | holds |", "|---|---|---|---|---|"]
    for one in bars(rows):
        sign = "<=" if one.at_most else ">="
        lines.append(
            f"| {one.name} | {one.value:.4g} | {sign} {one.line:g} | {one.cells} "
            f"| {'yes' if one.holds else '**no**'} |"
        )
    return "\n".join(lines)
