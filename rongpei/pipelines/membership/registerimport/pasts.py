"""From a line to the acts it tells, in the order of the steps; what cannot have been is wrong, the rest is for the judge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from rongpei.ground.clock.calendar import add_months
from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.facts import Done
from rongpei.pipelines.membership.registerimport.columns import BY_KEY, REVIEW_KEYS
from rongpei.pipelines.membership.registerimport.lines import Line

# Each comes after the one before it, whatever the regulation asks: nobody is approved before the meeting.
_CHAIN: Final = (
    "applied_on", "activist_on", "target_on", "met_on", "approved_on", "conversion_met_on", "conversion_approved_on",
)  # fmt: skip
_LATER: Final = (
    "talked_on", "filed_on", *REVIEW_KEYS, "posted_on", "ended_on", "listed_on", "reviewed_on", "trained_on",
    "pre_reviewed_on", "sworn_on", "converted_on", *_CHAIN[1:],
)  # fmt: skip
# What says nothing without a day beside it.
_NEEDS: Final = {
    "talker": "talked_on", "hours": "trained_on", "eligible": "met_on", "present": "met_on", "yes": "met_on",
    "approved_on": "met_on", "conversion_met_on": "approved_on", "conversion_approved_on": "approved_on",
    "converted_on": "approved_on", "expires_on": "met_on",
}  # fmt: skip
_BOUNDS: Final = (("present", "eligible"), ("yes", "eligible"))
PROBATION_MONTHS: Final = 12
_MOST_EXTENDED: Final = 24


@dataclass(slots=True)
class Past:
    """The acts of a line; `assumed` says of which column a day was taken that the register does not have."""

    acts: list[Done] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    def add(self, step: str, on: date | None, assumed: str = "", **data: Any) -> None:
        """One act more, if it has a day."""
        if on is not None:
            given = {key: value for key, value in data.items() if value not in (None, "", [])}
            self.acts.append(Done(step, on, given))
            self.assumed.append(assumed)


def check_days(line: Line, born_on: date | None) -> None:
    """Say what cannot have been: no application, days before birth, a step before the one it follows from."""
    if "applied_on" not in line.values:
        if not any(key == "applied_on" for key, _flag in line.flags):
            line.wrong("applied_on", "没有申请入党时间", "请补上；查不到的写入党申请书的落款日期")
        return
    applied = line.values["applied_on"]
    if born_on and applied <= born_on:
        line.wrong("applied_on", f"早于出生日期（{day_full(born_on)}）", "请核对")
    for key in _LATER:
        on = line.day(key)
        if on is not None and on < applied:
            line.wrong(key, f"早于申请入党时间（{day_full(applied)}）", "请核对两个日期")
    chain = [(key, on) for key in _CHAIN if (on := line.day(key)) and on >= applied]
    for (before, first), (key, on) in zip(chain, chain[1:], strict=False):
        if on < first:
            line.wrong(key, f"早于{BY_KEY[before].title}（{day_full(first)}）", "请核对两个日期")
    posted, ended = line.day("posted_on"), line.day("ended_on")
    if posted and ended and ended < posted:
        line.wrong("ended_on", f"早于公示开始（{day_full(posted)}）", "请核对两个日期")
    _check_company(line)


def _check_company(line: Line) -> None:
    for key, day in _NEEDS.items():
        if key in line.values and day not in line.values and not _is_flagged(line, day):
            line.wrong(day, f"填了{BY_KEY[key].title}，没有{BY_KEY[day].title}", "请补上日期，或删去那一格")
    for lower, upper in _BOUNDS:
        one, other = line.values.get(lower), line.values.get(upper)
        if one is not None and other is not None and one > other:
            line.wrong(lower, f"比{BY_KEY[upper].title}（{other}）多", "请核对")


def _is_flagged(line: Line, key: str) -> bool:
    return any(one == key for one, _flag in line.flags)


def past_of(line: Line, helpers: Mapping[str, dict[str, Any]]) -> Past:
    """The acts a line tells; `helpers` by column, as records hold them."""
    past, told, day = Past(), line.values, line.day
    past.add("submit_application", day("applied_on"))
    past.add("initial_talk", day("talked_on"), talker=told.get("talker"))
    past.add("recommend_and_confirm_activist", day("activist_on"))
    past.add("file_activist", day("filed_on"))
    _add_helpers(
        past, line, helpers, "assign_mentors", "mentors", ("mentor1", "mentor2"), ("activist_on", "filed_on")
    )
    for on in sorted(on for key in REVIEW_KEYS if (on := day(key))):
        past.add("cultivate_and_review", on)
    past.add("propose_development_target", day("target_on"))
    _add_notice(past, line)
    _add_helpers(
        past, line, helpers, "assign_introducers", "introducers", ("introducer1", "introducer2"),
        ("listed_on", "ended_on", "target_on", "met_on"),
    )  # fmt: skip
    past.add("political_review", day("reviewed_on"))
    past.add("concentrated_training", day("trained_on"), class_hours=told.get("hours"))
    past.add("committee_pre_review", day("pre_reviewed_on"))
    past.add("branch_admission_meeting", day("met_on"), "", **_votes(told))
    past.add("committee_admission_approval", day("approved_on"))
    past.add("oath_ceremony", day("sworn_on"))
    _add_conversion(past, line)
    return past


def _add_helpers(
    past: Past, line: Line, helpers: Mapping[str, dict[str, Any]], step: str, name: str, keys: Sequence[str],
    days: Sequence[str],
) -> None:  # fmt: skip
    """The register has no day for these: they count from the first of `days` it has."""
    named = [helpers[key] for key in keys if key in helpers]
    if not named:
        return
    dated = next((key for key in days if line.day(key)), "")
    if not dated:
        titles = "、".join(BY_KEY[key].title for key in days[:1])
        line.odd(keys[0], f"没有{titles}，不知道从哪天算起", "这一步没有登记，导入后可以在案卷里补办")
        return
    past.add(step, line.day(dated), BY_KEY[dated].title, **{name: named})


def _add_notice(past: Past, line: Line) -> None:
    posted, ended, listed = line.day("posted_on"), line.day("ended_on"), line.day("listed_on")
    if posted and not ended and not listed:
        line.odd("posted_on", "公示还没有期满", "这一步没有登记，期满后在案卷里办")
    past.add("committee_consent_and_public_notice", listed or ended, posted_on=posted, ended_on=ended)


def _votes(told: Mapping[str, Any]) -> dict[str, int | None]:
    """赞成 counts written opinions too: what exceeds those present was written."""
    yes, present = told.get("yes"), told.get("present")
    written = max(0, yes - present) if yes is not None and present is not None else 0
    return {
        "eligible": told.get("eligible"), "present": present, "yes": None if yes is None else yes - written,
        "written_yes": written or None,
    }  # fmt: skip


def _add_conversion(past: Past, line: Line) -> None:
    """Extension, conversion meeting and its approval; where only the day of becoming full is known, both are of that day."""
    met, converted = line.day("met_on"), line.day("converted_on")
    discussed, approved = line.day("conversion_met_on"), line.day("conversion_approved_on")
    if met is not None:
        _add_extension(past, line, met)
    if not (converted or discussed or approved):
        return
    title = BY_KEY["conversion_approved_on" if approved else "converted_on"].title
    past.add(
        "branch_conversion_meeting",
        discussed or approved or converted,
        "" if discussed else title,
        outcome="convert",
    )
    if approved or converted:
        day = approved or max(day for day in (converted, discussed) if day)
        past.add("committee_conversion_approval", day, "" if approved else BY_KEY["converted_on"].title)


def _add_extension(past: Past, line: Line, met: date) -> None:
    expires = line.day("expires_on")
    if expires is None:
        return
    months = next(_lengths(met, expires), None)
    if months is None:
        due = add_months(met, PROBATION_MONTHS)
        line.odd("expires_on", "与支部大会时间对不上", f"按支部大会满一年（{day_full(due)}）算")
    elif months and line.day("approved_on"):
        past.add(
            "extend_probation", add_months(met, PROBATION_MONTHS), BY_KEY["expires_on"].title, months=months
        )


def _lengths(met: date, expires: date) -> Iterator[int]:
    """By how many months it was extended; the printed end is the day itself or the one before."""
    for months in range(_MOST_EXTENDED + 1):
        due = add_months(met, PROBATION_MONTHS + months)
        if expires in (due, due - timedelta(days=1)):
            yield months
