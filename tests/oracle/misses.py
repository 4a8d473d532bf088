"""The wrong answers as text to work from: page, runs, what really happened, what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from .judge import Judged, Row

WORST = {
    "false alarm (certain)": 0,
    "false failure": 1,
    "missed failure": 2,
    "order finding": 3,
    "missed change": 4,
    "missed now": 5,
    "missed inputs": 6,
    "unknown": 7,
    "false alarm": 8,
    "false now": 9,
    "false inputs": 10,
}


def kind(row: Row) -> str | None:
    """What is wrong with a row, or None."""
    if row.question.startswith("order"):
        return "order finding"
    if row.question.startswith("in-order"):
        return None
    if row.question.startswith("restart"):
        return _restart_kind(row)
    if row.is_true and not row.told:
        return {"state": "missed change", "state (old session)": "missed change"}.get(
            row.question, f"missed {row.question}"
        )
    if not row.is_true and row.told and row.question != "state (old session)":
        wrong = {"state": "false alarm"}.get(row.question, f"false {row.question}")
        return f"{wrong} (certain)" if row.certain else wrong
    return "unknown" if row.answer == "unknown" and not row.opaque else None


def _restart_kind(row: Row) -> str | None:
    if not row.is_true and (row.answer == "fails" or row.certain):
        return "false failure"
    if row.is_true and row.answer != "fails" and "other" not in row.question:
        return "missed failure"
    if row.question == "restart" and row.answer == "blocked":
        return None
    return "unknown" if row.answer == "unknown" and not row.opaque else None


def dump(sessions: Iterable[Judged], path: Path, most: int = 12) -> Counter[str]:
    """Writes the worst wrong answers, `most` of each kind; counts them all.

    Of one session only the first cell with a kind of wrong answer is told: those below it
    mostly follow from it.
    """
    counts: Counter[str] = Counter()
    found: list[tuple[str, Judged, Row]] = []
    for judged in sessions:
        wrong = [(name, row) for row in judged.rows if (name := kind(row))]
        counts.update(name for name, _ in wrong)
        first = dict(reversed(wrong))
        found += [(name, judged, row) for name, row in first.items()]
    found.sort(key=lambda one: (WORST.get(one[0], 99), _length(one[1])))
    roots = Counter(name for name, _, _ in found)
    parts = [
        f"{counts[name]:6} {name}, in {roots[name]} sessions" for name in WORST if counts[name]
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*parts, *_texts(found, most)]) + "\n")
    return counts


def _texts(found: list[tuple[str, Judged, Row]], most: int) -> Iterator[str]:
    """The shortest of each kind, each template once."""
    told: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for name, judged, row in found:
        if told[name] < most and (name, row.origin) not in seen:
            seen.add((name, row.origin))
            told[name] += 1
            yield _text(name, judged, row)


def _length(judged: Judged) -> int:
    return sum(len(one.source) for one in judged.played.desk.sent)


def _text(name: str, judged: Judged, row: Row) -> str:
    played, truth = judged.played, judged.truth
    desk = played.desk
    place = next(i for i, cell in enumerate(desk.cells) if cell.id == row.cell)
    cell = desk.cells[place]
    last, clean = played.last(cell), truth.clean[truth.seed][place]
    lines = [
        "=" * 100,
        f"{name.upper()}: {row.question} of {row.cell} ({row.origin}) after {row.cause}; "
        f"truth {row.truth}, answered {row.answer}{' certain' if row.certain else ''}",
        f"page {desk.page.name}; kinds {desk.kinds}; story: {'; '.join(desk.story)}",
        "--- page as it stands",
    ]
    for one in desk.cells:
        mark = " <-- HERE" if one.id == row.cell else ""
        answer = next(report for report in judged.report.cells if report.id == one.id)
        said = f"{answer.state}/{answer.inputs}/{answer.now}/{answer.restart}"
        lines += [f"[{one.id}] {one.origin} {said}{mark}", _indented(one.source)]
    lines.append("--- runs")
    for one in played.runs:
        page = next((c for c in desk.cells if c.id == one.cell_id), None)
        code = "(as on the page)" if page and page.source == one.source else repr(one.source)
        lines.append(
            f"  In[{one.execution_count}] {one.cell_id} {one.status} {one.error_line}: {code}"
        )
    lines += ["--- shown", _indented(last["text"] if last else "(nothing)")]
    lines += ["--- clean run shows", _indented(clean["text"] if clean else "(not reached)")]
    lines += _detail(row, judged, place)
    for finding in judged.report.findings:
        lines.append(f"  finding {finding.check} {finding.cell_id} {finding.message}")
    return "\n".join(lines)


def _detail(row: Row, judged: Judged, place: int) -> list[str]:
    """For `now` and `inputs` what differs."""
    clean = judged.truth.clean[judged.truth.seed][place]
    last = judged.played.last(judged.played.desk.cells[place])
    probe = judged.played.probes.get(place)
    if row.question == "now" and clean and probe:
        names = _differing(probe["after"], clean["after"])
        return ["--- run now shows", _indented(probe["text"]), f"  names that differ: {names}"]
    if row.question == "inputs" and clean and last:
        return [f"--- inputs that differ: {_differing(last['read'], clean['read'])}"]
    return []


def _differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _indented(text: str) -> str:
    lines = text.splitlines()[:25]
    return "\n".join(f"    {line[:140]}" for line in lines)
