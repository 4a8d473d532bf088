"""What people do to a notebook after its first run, drawn at random."""

from __future__ import annotations

from collections.abc import Callable

from . import edits
from .desk import Desk

Perturbation = Callable[[Desk], bool]
"""Does its thing to a desk; False where there is nothing to do it to."""


def play(desk: Desk) -> None:
    """A first run and then a few perturbations; the last one names the session."""
    rng = desk.rng
    if rng.random() < 0.06:
        desk.run_all() if rng.random() < 0.7 else _one_by_one(desk)
        desk.kinds.append("none")
        return
    _first_run(desk)
    for _ in range(rng.choices([1, 2, 3, 4], [60, 24, 10, 6])[0]):
        for _ in range(5):
            kind = rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
            if KINDS[kind][1](desk):
                desk.kinds.append(kind)
                break
    if not desk.kinds:
        desk.kinds.append("none")


def _first_run(desk: Desk) -> None:
    choice = desk.rng.random()
    if choice < 0.7:
        desk.run_all()
    elif choice < 0.88:
        _one_by_one(desk)
    else:
        desk.run(*range(desk.rng.randrange(1, len(desk.cells) + 1)))


def _one_by_one(desk: Desk) -> None:
    for place in range(len(desk.cells)):
        desk.run(place)


def _aftermath(desk: Desk, place: int) -> None:
    """What people run next: nothing, everything below, or a few cells below."""
    below = range(place + 1, len(desk.cells))
    choice = desk.rng.random()
    if not below or choice < 0.45:
        return
    if choice < 0.6:
        desk.run(*below)
        return
    for one in sorted(desk.rng.sample(below, min(len(below), desk.rng.choice([1, 1, 2])))):
        desk.run(one)


def _any(desk: Desk) -> int:
    return desk.rng.randrange(len(desk.cells))


def _supplier(desk: Desk) -> int:
    """Mostly a cell that binds a name which a cell below uses."""
    if desk.rng.random() < 0.3:
        return _any(desk)
    places = [place for place in range(len(desk.cells)) if _given(desk, place)]
    return desk.rng.choice(places) if places else _any(desk)


def _given(desk: Desk, place: int) -> list[str]:
    below = [cell.source for cell in desk.cells[place + 1 :]]
    names = edits.bound(desk.cells[place].source)
    return [name for name in names if any(edits.uses(one, name) for one in below)]


# --- one function for each kind ---------------------------------------------------------


def _rerun(desk: Desk) -> bool:
    place = _any(desk)
    for _ in range(desk.rng.choice([1, 1, 1, 2])):
        desk.run(place)
    _aftermath(desk, place)
    return True


def _edit_and_run(desk: Desk) -> bool:
    place = _supplier(desk)
    new = edits.changed(desk.cells[place].source, desk.rng)
    if new is None:
        return False
    desk.edit(place, new)
    desk.run(place)
    _aftermath(desk, place)
    return True


def _edit_not_run(desk: Desk) -> bool:
    place = _supplier(desk)
    new = edits.changed(desk.cells[place].source, desk.rng)
    if new is None:
        return False
    desk.edit(place, new)
    return True


def _comment(desk: Desk) -> bool:
    place = _any(desk)
    desk.edit(place, edits.commented(desk.cells[place].source, desk.rng))
    return True


def _delete(desk: Desk) -> bool:
    if len(desk.cells) < 3:
        return False
    place = _supplier(desk)
    desk.delete(place)
    _aftermath(desk, place - 1)
    return True


def _rename(desk: Desk) -> bool:
    place = _supplier(desk)
    cell = desk.cells[place]
    names = _given(desk, place) or edits.bound(cell.source)
    if not names:
        return False
    name = desk.rng.choice(names)
    new = f"{name}_new" if len(name) > 1 else f"{name}{name}"
    if desk.rng.random() < 0.15:
        for every, other in enumerate(desk.cells):
            if edits.uses(other.source, name):
                desk.edit(every, edits.renamed(other.source, name, new))
    else:
        desk.edit(place, edits.renamed(cell.source, name, new))
    if desk.rng.random() < 0.75:
        desk.run(place)
        _aftermath(desk, place)
    return True


def _move(desk: Desk) -> bool:
    place, to = _any(desk), _any(desk)
    if place == to:
        return False
    desk.move(place, to)
    if desk.rng.random() < 0.4:
        desk.run(to)
        _aftermath(desk, to)
    return True


def _insert(desk: Desk) -> bool:
    source = _snippet(desk)
    if source is None:
        return False
    place = desk.rng.randrange(len(desk.cells) + 1)
    desk.insert(place, source)
    if desk.rng.random() < 0.75:
        desk.run(place)
        _aftermath(desk, place)
    return True


def _console(desk: Desk) -> bool:
    source = _snippet(desk)
    if source is None:
        return False
    desk.console(source)
    _aftermath(desk, -1)
    names = edits.bound(source)
    if names and desk.rng.random() < 0.2:
        desk.insert(len(desk.cells), f"print({desk.rng.choice(names)})")
        desk.run(len(desk.cells) - 1)
    return True


def _snippet(desk: Desk) -> str | None:
    """Code to try: what the page suggests, or a line of it in another form."""
    if desk.page.snippets and desk.rng.random() < 0.6:
        return desk.rng.choice(desk.page.snippets)
    source = desk.cells[_supplier(desk)].source
    if source.startswith("%%"):
        return None
    tree = edits.tree_of(source)
    if tree is None or not tree.body:
        return None
    node = desk.rng.choice(tree.body)
    line = "\n".join(source.splitlines()[node.lineno - 1 : node.end_lineno])
    return edits.changed(line, desk.rng) or line


def _failed(desk: Desk) -> bool:
    place = _any(desk)
    good = desk.cells[place].source
    bad = edits.broken(good, desk.rng)
    if bad is None:
        return False
    desk.edit(place, bad)
    desk.run(place)
    choice = desk.rng.random()
    if choice < 0.85:
        desk.edit(place, good)
    if choice < 0.65:
        desk.run(place)
        _aftermath(desk, place)
    return True


def _undo(desk: Desk) -> bool:
    place = _supplier(desk)
    old = desk.cells[place].source
    new = edits.changed(old, desk.rng)
    if new is None:
        return False
    desk.edit(place, new)
    ran = desk.rng.random() < 0.7
    if ran:
        desk.run(place)
        _aftermath(desk, place)
    desk.edit(place, old)
    if ran and desk.rng.random() < 0.3:
        desk.run(place)
    return True


def _above(desk: Desk) -> bool:
    place = _any(desk)
    new = edits.changed(desk.cells[place].source, desk.rng)
    if new is not None and desk.rng.random() < 0.6:
        desk.edit(place, new)
    desk.run(*range(place + 1))
    return True


def _paste(desk: Desk) -> bool:
    place = _any(desk)
    cut = desk.delete(place)
    to = place if desk.rng.random() < 0.4 else desk.rng.randrange(len(desk.cells) + 1)
    desk.paste(cut, to)
    return True


def _split(desk: Desk) -> bool:
    place = _any(desk)
    source = desk.cells[place].source
    tree = edits.tree_of(source)
    if tree is None or len(tree.body) < 2:
        return False
    node = desk.rng.choice(tree.body[1:])
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    lines = source.splitlines()
    if any(one.end_lineno == first for one in tree.body if one is not node):
        return False
    desk.edit(place, "\n".join(lines[: first - 1]).rstrip())
    desk.insert(place + 1, "\n".join(lines[first - 1 :]), desk.cells[place].origin)
    return True


def _restart(desk: Desk) -> bool:
    desk.restart()
    count = len(desk.cells)
    if desk.rng.random() < 0.8:
        desk.run(*range(desk.rng.randrange(1, count + 1)))
    return True


KINDS: dict[str, tuple[int, Perturbation]] = {
    "re-run": (14, _rerun),
    "edit-and-run": (14, _edit_and_run),
    "edit-not-run": (8, _edit_not_run),
    "comment": (3, _comment),
    "delete": (11, _delete),
    "rename": (11, _rename),
    "move": (7, _move),
    "insert": (7, _insert),
    "console": (7, _console),
    "failed-run": (7, _failed),
    "undo": (5, _undo),
    "run-above": (5, _above),
    "cut-paste": (3, _paste),
    "split": (3, _split),
    "restart": (2, _restart),
}
