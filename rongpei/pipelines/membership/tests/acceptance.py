"""The acceptance file, read into cases as `check_case` takes them.

`histories` are lawful ways from the application to the archive under each edition; every act of them must be
lawful without a finding. A case takes the history before a step, changes some acts (null removes, "+" adds at the
end) and tries one act; `expect` is [rule, article, level, lawful from] of every finding.
"""

import json
from pathlib import Path
from typing import Any

FILE = json.loads((Path(__file__).parent / "acceptance.json").read_text(encoding="utf-8"))


def _written(act: list[Any]) -> dict[str, Any]:
    return {"step": act[0], "on": act[1], "data": act[2] if len(act) > 2 else {}}


def acts_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The history of a case, changed as it says."""
    history = FILE["histories"][case["history"]]
    steps = [act[0] for act in history]
    change = dict(case.get("change", {}))
    added = change.pop("+", [])
    kept = history[: steps.index(case["before"])]
    acts, replaced = [], set()
    for act in kept:
        if act[0] not in change:
            acts.append(act)
        elif change[act[0]] is not None and act[0] not in replaced:
            replaced.add(act[0])
            acts.append([act[0], *change[act[0]]])
    return [_written(act) for act in acts + ([added] if added and isinstance(added[0], str) else added)]


def as_input(case: dict[str, Any]) -> dict[str, Any]:
    """A case as the command takes it."""
    given = {
        "id": case["id"],
        "procedure": "membership",
        "acts": acts_of(case),
        "try": _written(case["try"]),
    }
    return given | {key: case[key] for key in ("person", "branch", "special_rules") if key in case}
