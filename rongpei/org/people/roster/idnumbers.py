"""Citizen identity numbers: GB 11643-1999 (18 digits, ISO 7064 MOD 11-2) and the 15-digit form before it."""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_ZEROS: Final = ord("0") * sum(_WEIGHTS)
_EIGHTEEN = re.compile(r"[1-9]\d{16}[0-9X]", re.ASCII)
_FIFTEEN = re.compile(r"[1-9]\d{14}", re.ASCII)
_MASKED = re.compile(r"[1-9]\d{5}\*{5,8}\d{3}[0-9X]", re.ASCII)


@dataclass(slots=True)
class Identity:
    """What an ID number says. `number` is the 18-digit form, also for a 15-digit one; empty when wrong or masked."""

    number: str = ""
    born_on: date | None = None
    sex: str = ""
    old_form: bool = False
    masked: bool = False
    problem: str = ""
    remedy: str = ""


def check_digit(first_seventeen: str) -> str:
    """Return the 18th character for seventeen digits (GB 11643: weights 2^(18-i) mod 11)."""
    total = sum(map(mul, first_seventeen.encode("ascii"), _WEIGHTS)) - _ZEROS
    return _CHECKS[total % 11]


def mask(text: str) -> str:
    """Return an ID number fit to be shown: first six and last four, 110105********2317; shorter text loses its middle."""
    if len(text) >= 15:
        return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
    if len(text) <= 4:
        return "*" * len(text)
    return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}"


def read_id_number(text: str) -> Identity:
    """Judge one ID number (spaces removed, x made X by the caller). Never raises; see `Identity`."""
    if _EIGHTEEN.fullmatch(text):
        return _read_eighteen(text)
    if _FIFTEEN.fullmatch(text):
        first = f"{text[:6]}19{text[6:]}"
        read = _read_eighteen(first + check_digit(first))
        read.old_form = True
        return read
    if _MASKED.fullmatch(text):
        return Identity(masked=True)
    length = len(text)
    if length in (15, 18):
        return Identity(problem="有不该出现的字符", remedy="只能是数字，最后一位可以是 X")
    return Identity(problem=f"是 {length} 位，应为 18 位", remedy="请核对证件后改正，并把这一列设为文本")


def _read_eighteen(text: str) -> Identity:
    right = check_digit(text[:17])
    if text[17] != right:
        return Identity(problem=f"校验码不对，最后一位应为 {right}", remedy="请核对证件后改正")
    try:
        born_on = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return Identity(problem="号码里的出生日期没有这一天", remedy="请核对证件后改正")
    return Identity(text, born_on, "male" if text[16] in "13579" else "female")
