"""Chinese words for full-text search: what an article holds, and what a reader asks for."""

import re
from collections.abc import Iterable

import rjieba

_LONGEST = 40
_WORD = re.compile(r"[\w]", re.UNICODE)
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_MOST_TOKENS = 12


def tokens_of(text: str) -> set[str]:
    """Words of a text, cut finely; neighbouring single characters also as a pair, for words no dictionary has."""
    found: set[str] = set()
    before = ""
    for token in rjieba.cut_for_search(text.lower()):
        single = len(token) == 1 and "\u3400" <= token <= "\u9fff"
        if before and single:
            found.add(before + token)
        before = token if single else ""
        if _WORD.match(token):
            found.add(token[:_LONGEST])
    return found


def vector_of(text: str) -> list[str]:
    """The words as `array_to_tsvector` wants them."""
    return sorted(tokens_of(text))


def query_of(asked: str) -> str:
    """What was typed as a tsquery in PostgreSQL's own notation: every word must be there; empty for nothing to ask."""
    clauses = [clause for run in _RUN.findall(asked.lower())[:_MOST_TOKENS] if (clause := _clause(run))]
    return " & ".join(clauses)


def _clause(run: str) -> str:
    if run[0] < "\u3400" or len(run) == 1:
        return f"{_quoted(run)}:*"
    words = " & ".join(_quoted(word) for word in _words_of(run))
    return f"({_quoted(run)} | ({words}))" if len(run) == 2 else f"({words})"


def _words_of(run: str) -> Iterable[str]:
    tokens = [token for token in rjieba.cut_for_search(run) if _WORD.match(token)]
    return list(dict.fromkeys(tokens))[:_MOST_TOKENS]


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
