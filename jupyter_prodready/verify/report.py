"""What a verification found, for people: cause, repairs and one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Notebook, VerifiedCell, VerifyCause, VerifyReport
from .causes import cause_of
from .causes.scene import Scene
from .judge import Judge
from .plan import name_of
from .state import Fingerprints, differences
from .trouble import Trouble
from .verification import Outcome

NOT_WHOLE = "the clean run did not finish, so what it holds says nothing"


def explain(
    outcome: Outcome,
    notebook: Notebook,
    judge: Judge | None,
    live: Fingerprints | None = None,
    not_asked: str = "",
) -> VerifyReport:
    """The report for people: the outcome, its cause, and one sentence.

    What the ``judge`` knows of the person's session is the reason why it worked before.
    ``live`` is what their kernel held, or ``not_asked`` says why that is not known.
    """
    compared = live is not None and outcome.state is not None
    cause = None
    if outcome.trouble is not None:
        cause = cause_of(Scene(outcome.trouble, notebook, judge, outcome.version, outcome.imported))
    return VerifyReport(
        path=notebook.path,
        verdict=outcome.verdict,
        seconds=outcome.seconds,
        message=_message(outcome, notebook, cause),
        cells=outcome.cells,
        cause=cause,
        repairs=outcome.repairs,
        repairs_skipped=outcome.repairs_skipped,
        state=differences(live or {}, outcome.state or {}) if compared else (),
        state_skipped="" if compared else not_asked or NOT_WHOLE,
    )


# --- the sentence -------------------------------------------------------------------


def _message(outcome: Outcome, notebook: Notebook, cause: VerifyCause | None) -> str:
    if outcome.verdict == "unverified":
        return f"Not verified: {outcome.reason}"
    if outcome.trouble is not None:
        return _trouble_message(outcome, outcome.trouble, notebook, cause)
    noisy = [one for one in outcome.cells if one.verdict == "nondeterministic"]
    left = _left_out(outcome)
    if noisy:
        cells, vary = _named(noisy, notebook), "varies" if len(noisy) == 1 else "vary"
        return f"Runs from a clean start; {cells} {vary} from run to run{left}"
    if outcome.shows_nothing:
        return f"Runs from a clean start; there is nothing to compare{left}"
    if outcome.uncompared:
        return f"Runs from a clean start; no output was compared: {outcome.uncompared}{left}"
    return f"Runs from a clean start and shows the same{left}"


def _trouble_message(
    outcome: Outcome, trouble: Trouble, notebook: Notebook, cause: VerifyCause | None
) -> str:
    name = name_of(notebook.cell(trouble.cell_id))
    why = cause.message if cause is not None else trouble.detail
    if trouble.error is not None:
        return f"{name} fails in a clean kernel: {why}"
    others = sum(one.verdict == "changed" for one in outcome.cells) - 1
    more = f" (and {others} more)" if others else ""
    if cause is not None:
        return f"{name} shows something else in a clean kernel{more}: {why}"
    return f"{name} differs in a clean kernel{more}: it {why}"


def _left_out(outcome: Outcome) -> str:
    skipped = sum(one.verdict == "skipped" for one in outcome.cells)
    blocked = sum(one.verdict == "blocked" for one in outcome.cells)
    left = skipped + blocked
    if not left:
        return ""
    return f" ({left} {'cell was' if left == 1 else 'cells were'} not run)"


def _named(cells: Iterable[VerifiedCell], notebook: Notebook) -> str:
    return ", ".join(name_of(notebook.cell(one.id)) for one in cells)
