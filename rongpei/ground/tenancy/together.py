"""Whether any of many queries has a row, asked in one statement.

Most of what a page asks on somebody's behalf finds nothing. A statement that finds nothing costs as much on its way
to the database and back as one that does.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from rongpei.ground.tenancy.asking import ask
from rongpei.ground.tenancy.prepared import Prepared


class Asked(NamedTuple):
    """A prepared query, and the keywords it would be called with."""

    query: Prepared
    given: Mapping[str, Any]


def which_have_rows(asked: Iterable[Asked]) -> list[bool]:
    """For each of the queries, in their order, whether it has a row."""
    found, texts, values = [], [], []
    for query, given in asked:
        text, filled = query.filled(given)
        found.append(text is not None)
        if text:
            texts.append(text.sql)
            values += filled
    answers = iter(ask(_exist(tuple(texts)), values)[0] if texts else ())
    return [may and bool(next(answers)) for may in found]


@lru_cache(maxsize=256)
def _exist(texts: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(f'EXISTS({text})' for text in texts)}"  # noqa: S608 - the compiler's
