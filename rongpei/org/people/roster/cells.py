"""Reading single cells: each reader gives the value, or a Flag that carries the value and what is odd about it.

Readers of columns whose values repeat are memoised, which is what makes 100,000 rows take seconds.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from .choices import CHOICES, Choice
from .columns import BY_KEY, Column
from .dates import AMBIGUOUS_MONTH, NO_SUCH_DAY, YEAR_ONLY, chinese_date, parse_date
from .idnumbers import Identity, mask, read_id_number


@dataclass(frozen=True, slots=True)
class Flag:
    """A value with something to say about it: an error unless `warns`; `month_only` marks a date without its day."""

    value: object
    problem: str
    remedy: str = ""
    warns: bool = False
    month_only: bool = False


Reader = Callable[[object], object]


class Memo(dict[object, object]):
    """A reader remembered by cell content. Numbers equal across types (1, 1.0, True) share an entry; rosters do not mind."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: object) -> object:
        value = self._read(raw)
        if len(self) < 50_000:  # a column meant to repeat that does not must not fill the memory
            self[raw] = value
        return value


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)


def plain_text(raw: object) -> str:
    """Return a cell as text: no control or invisible characters, runs of white space as one space, ends trimmed.

    Characters are otherwise untouched (no normalisation): 𬱖, 㛃 and private-use characters stay as they are.
    """
    if isinstance(raw, str):
        if raw.isprintable() and "  " not in raw:
            return raw.strip()
        return " ".join(_INVISIBLE.sub("", raw).split())
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime | date):
        return raw.isoformat()[:10]
    return str(raw)


def reader_for(column: Column, on: date) -> Reader:
    """Return the reader of one column; dates are judged as seen on `on`. Units are read as text here."""
    match column.kind:
        case "date":
            return Memo(lambda raw: _read_date(raw, on)).__getitem__
        case "choice":
            choice = CHOICES[column.key]
            return Memo(lambda raw: _read_choice(raw, column, choice)).__getitem__
        case "phone":
            return _read_phone
        case "id_number":
            return _read_identity
        case "unit":
            return Memo(lambda raw: _read_text(raw, column.limit)).__getitem__
    if column.key == "name":
        return _read_name
    if column.key in ("staff_number", "remarks"):
        return lambda raw: _read_text(raw, column.limit)
    return Memo(lambda raw: _read_text(raw, column.limit)).__getitem__


def _read_text(raw: object, limit: int) -> str | Flag:
    text = plain_text(raw)
    if len(text) > limit:
        return Flag(text[:limit], f"有 {len(text)} 个字，最多 {limit} 个字", "请缩短")
    return text


_CHINESE_NAME_SPACED = re.compile(r"[^\x00-\x7f]+(?: [^\x00-\x7f]+)+")


def _read_name(raw: object) -> str | Flag:
    text = _read_text(raw, BY_KEY["name"].limit)
    if isinstance(text, Flag):
        return text
    if not text:
        return Flag("", "没有填姓名", "请补上")
    if " " in text and _CHINESE_NAME_SPACED.fullmatch(text):
        joined = text.replace(" ", "")
        return Flag(joined, "姓名里有空格", f"按“{joined}”读入", warns=True)
    if not text.isalpha() and any(letter.isdigit() for letter in text):
        return Flag(text, "姓名里有数字", "请看看是不是写错了", warns=True)
    return text


def _read_choice(raw: object, column: Column, choice: Choice) -> str | Flag:
    text = plain_text(raw)
    if not text:
        return ""
    code = choice.words.get(text)
    if code is None:
        code = choice.words.get(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if code is not None:
        return code
    offered = "、".join(choice.labels.values())
    return Flag("", f"不认识这一种{column.title}", f"可以填：{offered}")


_REMEDIES: Final = {
    NO_SUCH_DAY: "请核对后改正",
    AMBIGUOUS_MONTH: "请写成 2019-01 或 2019-10 这样",
    YEAR_ONLY: "请补上月和日，如 2019-05-12",
}


def _read_date(raw: object, on: date) -> object:
    found = parse_date(raw)
    if found.problem:
        return Flag(None, found.problem, _REMEDIES.get(found.problem, "请写成 2019-05-12 这样"))
    if found.value is not None and found.value > on:
        return Flag(None, "还没有到这一天", f"今天是 {chinese_date(on)}，请核对后改正")
    if found.month_only:
        return Flag(found.value, "只有年月", "按 1 日读入", warns=True, month_only=True)
    return found.value


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:(?:转|-)\d{1,6})?|\d{3,6}", re.ASCII)


def _read_phone(raw: object) -> str | Flag:
    text = plain_text(raw)
    if not text or _MOBILE.fullmatch(text):
        return text
    digits = unicodedata.normalize("NFKC", text).replace(" ", "")
    bare = digits.removeprefix("+86").removeprefix("0086").replace("-", "")
    if _MOBILE.fullmatch(bare):
        return bare
    if _LANDLINE.fullmatch(digits):
        return digits
    limit = BY_KEY["phone"].limit
    if len(text) > limit:
        return Flag("", f"有 {len(text)} 个字，最多 {limit} 个字", "请只留一个号码")
    return Flag(text, "号码不像常见的电话", "请看看是不是写错了", warns=True)


def _read_identity(raw: object) -> Identity | Flag:
    if isinstance(raw, float) and raw >= 1e15:
        return Flag(Identity(), "被 Excel 存成了数字，后几位已经丢了", "请把这一列设为文本，再填一次")
    text = plain_text(raw)
    if not text:
        return _NO_IDENTITY
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    found = read_id_number(text.replace(" ", "").replace("-", "").upper())
    if found.problem:
        return Flag(found, found.problem, found.remedy)
    if found.old_form:
        return Flag(found, "是 15 位的旧号码", f"按 18 位的 {mask(found.number)} 读入", warns=True)
    return found


_NO_IDENTITY: Final = Identity()


def shown_value(key: str, raw: object) -> str:
    """Return a cell as findings may show it: at most 40 characters, ID numbers masked."""
    text = plain_text(raw)
    if key == "id_number":
        return mask(text.replace(" ", ""))
    return text if len(text) <= 40 else f"{text[:39]}…"
