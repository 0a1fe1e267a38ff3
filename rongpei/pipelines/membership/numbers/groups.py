"""Breaking happenings down: by sex, age band, title, 高知, position, backbone, front line and branch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.org.people.codes import PositionType, Sex, TitleLevel
from rongpei.pipelines.membership.numbers.happenings import Happening

Words = str | Promise
# The bands of the yearly statistics (DOMAIN J): the last age of each.
_BANDS = (30, 35, 40, 45, 50, 55, 60)
_YES_NO: dict[str, Words] = {"yes": _("是"), "no": _("否")}


def band_of(age: int | None) -> str:
    """The code of an age band: its last age, `61` for the oldest, empty when the birthday is not known."""
    if age is None:
        return ""
    return str(next((last for last in _BANDS if age <= last), 61))


def _bands() -> dict[str, Words]:
    found: dict[str, Words] = {"30": _("30 岁及以下")}
    for before, last in zip(_BANDS, _BANDS[1:], strict=False):
        found[str(last)] = f"{before + 1}—{last}"
    return found | {"61": _("61 岁及以上"), "": _("没有登记")}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to break numbers down. `value` of a happening is a code; `words` names every code, in order."""

    code: str
    label: Words
    value: Callable[[Happening], str]
    words: Mapping[str, Words]


def _named(choices: Sequence[tuple[str, Words]]) -> dict[str, Words]:
    return dict(choices) | {"": _("没有登记")}


def _yes(flag: Callable[[Happening], bool]) -> Callable[[Happening], str]:
    return lambda one: "yes" if flag(one) else "no"


DIMENSIONS = (
    Dimension("sex", _("性别"), lambda one: one.person.sex, _named(Sex.choices)),
    Dimension("age", _("年龄段（按当天）"), lambda one: band_of(one.age), _bands()),
    Dimension("title", _("职称级别（按当天）"), lambda one: one.title, _named(TitleLevel.choices)),
    Dimension("highly", _("高知（按当天）"), _yes(lambda one: one.highly), _YES_NO),
    Dimension("position", _("岗位类别（按当天）"), lambda one: one.position, _named(PositionType.choices)),
    Dimension("backbone", _("业务骨干（按当天）"), _yes(lambda one: one.backbone), _YES_NO),
    Dimension("front_line", _("到过一线"), _yes(lambda one: one.front_line), _YES_NO),
)  # fmt: skip
BY_CODE = {one.code: one for one in DIMENSIONS}
BRANCH = "branch"


def counted(found: Sequence[Happening], by: Dimension) -> list[tuple[str, Words, int]]:
    """(code, words, number) of every value that occurs, in the order of the dimension; they add up to all."""
    numbers: dict[str, int] = {}
    for one in found:
        code = by.value(one)
        numbers[code] = numbers.get(code, 0) + 1
    known = [(code, words, numbers[code]) for code, words in by.words.items() if code in numbers]
    rest = [(code, code, number) for code, number in numbers.items() if code not in by.words]
    return [*known, *rest]


def by_branch(found: Sequence[Happening]) -> dict[int | None, int]:
    """`{branch id: number}`."""
    numbers: dict[int | None, int] = {}
    for one in found:
        numbers[one.branch_id] = numbers.get(one.branch_id, 0) + 1
    return numbers


def narrowed(found: Sequence[Happening], by: str, value: str) -> list[Happening]:
    """The happenings behind one number; all of them for an unknown dimension."""
    if by == BRANCH:
        return [one for one in found if str(one.branch_id or "") == value]
    dimension = BY_CODE.get(by)
    return list(found) if dimension is None else [one for one in found if dimension.value(one) == value]
