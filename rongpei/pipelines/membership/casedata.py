"""What may be told of an act, and of a case: names, kinds, and how plain JSON becomes checked values.

One reader for the command, imports and stored records. A value of null is one that is not given.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

BODIES = ("party_committee", "general_branch", "party_group", "temporary_committee")
OUTCOMES = ("convert", "extend", "cancel")
CONCLUSIONS = ("qualified", "unqualified")
STATUSES = ("full", "probationary")
SANCTIONS = ("warning", "serious_warning", "removal_from_post", "probation_within_party")


class Unreadable(ValueError):
    """A case that cannot be read; the text is one sentence for the person who wrote it."""


Reader = Callable[[Any, str], Any]


def read_date(value: Any, where: str) -> date:
    """A date written as YYYY-MM-DD."""
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Unreadable(
        _("%(where)s不是日期：%(value)s，请写成 2026-05-11 的样子。")
        % {"where": where, "value": _shown(value)}
    )


def read_count(value: Any, where: str) -> int:
    """A whole number, not negative."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Unreadable(
        _("%(where)s应为不小于零的整数，现为 %(value)s。") % {"where": where, "value": _shown(value)}
    )


def _number(value: Any, where: str) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 100_000:
        return value
    raise Unreadable(
        _("%(where)s应为不小于零的数，现为 %(value)s。") % {"where": where, "value": _shown(value)}
    )


def read_flag(value: Any, where: str) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    raise Unreadable(
        _("%(where)s应为 true 或 false，现为 %(value)s。") % {"where": where, "value": _shown(value)}
    )


def read_text(value: Any, where: str) -> str:
    """A text."""
    if isinstance(value, str):
        return value
    raise Unreadable(_("%(where)s应为文字，现为 %(value)s。") % {"where": where, "value": _shown(value)})


def _one_of(*choices: str) -> Reader:
    def read(value: Any, where: str) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise Unreadable(
            _("%(where)s应为 %(choices)s 之一，现为 %(value)s。")
            % {"where": where, "choices": "、".join(choices), "value": _shown(value)}
        )

    return read


def _people(fields: Mapping[str, Reader]) -> Reader:
    def read(value: Any, where: str) -> list[dict[str, Any]]:
        return [
            read_fields(fields, one, f"{where}[{index}].")
            for index, one in enumerate(read_list(value, where), start=1)
        ]

    return read


def _anything(value: Any, where: str) -> Any:
    return value


_VOTES: dict[str, Reader] = dict.fromkeys(
    (
        "eligible",
        "present",
        "issued",
        "returned",
        "valid",
        "yes",
        "no",
        "abstain",
        "written_yes",
        "written_no",
    ),
    read_count,
)
_PERSON: dict[str, Reader] = {"status": _one_of(*STATUSES), "person_id": read_count}
_INTRODUCER: dict[str, Reader] = {
    **_PERSON, "sanction": _one_of(*SANCTIONS), "effect_until": read_date, "rights_restored": read_flag,
}  # fmt: skip
_APPROVAL: dict[str, Reader] = {
    "approved": read_flag, "extension_reason": read_text, "body": _one_of(*BODIES),
}  # fmt: skip
FIELDS: dict[str, dict[str, Reader]] = {
    "assign_mentors": {"mentors": _people(_PERSON)},
    "assign_introducers": {"introducers": _people(_INTRODUCER)},
    "committee_consent_and_public_notice": {
        "posted_on": read_date, "ended_on": read_date, "objections": _anything, "approved": read_flag,
    },
    "political_review": {"conclusion": _one_of(*CONCLUSIONS)},
    "concentrated_training": {"days": _number, "class_hours": _number, "passed": read_flag},
    "committee_pre_review": {"passed": read_flag},
    "leave_unit": {"on_or_before": read_date},
    "branch_admission_meeting": _VOTES,
    "committee_admission_approval": _APPROVAL,
    "branch_conversion_meeting": {"outcome": _one_of(*OUTCOMES), **_VOTES},
    "committee_conversion_approval": _APPROVAL,
    "extend_probation": {"months": read_count, **_VOTES},
    "cancel_probation": _VOTES,
    "postpone_conversion": {"months": read_count, "until": read_date},
}  # fmt: skip


def read_data(step: str, value: Any, where: str = "") -> dict[str, Any]:
    """The data of an act, checked; what the step does not know is kept as it is and never judged."""
    return read_fields(FIELDS.get(step, {}), value, where)


def read_fields(fields: Mapping[str, Reader], value: Any, where: str) -> dict[str, Any]:
    """The known fields of an object, checked; others untouched; nulls left out."""
    return {
        name: fields.get(name, _anything)(one, f"{where}{name} ")
        for name, one in read_object(value, where).items()
        if one is not None
    }


def read_object(value: Any, where: str) -> dict[str, Any]:
    """A JSON object; null is an empty one."""
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise Unreadable(_("%(where)s应为一个对象（{…}）。") % {"where": where})


def read_list(value: Any, where: str) -> list[Any]:
    """A JSON list; null is an empty one."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise Unreadable(_("%(where)s应为一个列表（[…]）。") % {"where": where})


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text[:40]}”"
