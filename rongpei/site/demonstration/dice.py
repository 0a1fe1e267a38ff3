"""Chance with a memory: the same words always roll the same numbers."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_months

SEED = "rongpei-1"


def dice(*words: object) -> random.Random:
    """A source of chance that depends on the words alone."""
    return random.Random(":".join(map(str, (SEED, *words))))  # noqa: S311 - invented people, no secret


def day_between(chance: random.Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included; `first` when the span is empty."""
    return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))


def months_before(chance: random.Random, day: date, least: int, most: int) -> date:
    """A day `least` to `most` calendar months earlier, and up to twenty days before that."""
    return add_months(day, -chance.randint(least, most)) - timedelta(days=chance.randint(0, 20))


def months_after(chance: random.Random, day: date, least: int, most: int) -> date:
    """A day `least` to `most` calendar months later, and up to twenty days after that."""
    return add_months(day, chance.randint(least, most)) + timedelta(days=chance.randint(0, 20))


def split(total: int, weights: Sequence[float], least: Sequence[int], most: Sequence[int]) -> list[int]:
    """Whole shares of `total` near the weights, each within its bounds; their sum is exactly `total`.

    Raises ValueError when the bounds leave no way.
    """
    if not sum(least) <= total <= sum(most):
        raise ValueError(f"{total} does not fit between {sum(least)} and {sum(most)}")
    scale = total / sum(weights)
    shares = [min(m, max(n, round(w * scale))) for w, n, m in zip(weights, least, most, strict=True)]
    while (gap := total - sum(shares)) != 0:
        step = 1 if gap > 0 else -1
        open_ones = [i for i in range(len(shares)) if least[i] <= shares[i] + step <= most[i]]
        worst = max(open_ones, key=lambda i: step * (weights[i] * scale - shares[i]))
        shares[worst] += step
    return shares
