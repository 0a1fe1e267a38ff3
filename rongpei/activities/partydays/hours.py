"""Counting class hours by the rule in force on the day. Pure: rules come in, hours come out."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from django.db.models import QuerySet

from rongpei.activities.partydays.models import HoursRule
from rongpei.ground.tenancy.prepared import prepared_models

ZERO = Decimal(0)
_HALF = Decimal("0.5")


def rules_of(tenant_ids: Iterable[int]) -> list[HoursRule]:
    """Every rule of the tenants, the newest first; one query."""
    return _rules(tenant_ids=tuple(tenant_ids))


@prepared_models
def _rules(*, tenant_ids: tuple[int, ...]) -> QuerySet[HoursRule]:
    return HoursRule.objects.filter(tenant_id__in=tenant_ids).order_by("-starts_on", "-id")


def rule_among(rules: Iterable[HoursRule], tenant_id: int, on: date) -> HoursRule:
    """The rule in force on a day; the common practice where a hospital has not set one."""
    for rule in rules:
        if rule.tenant_id == tenant_id and rule.starts_on <= on:
            return rule
    return _common(tenant_id)


@lru_cache(maxsize=64)
def _common(tenant_id: int) -> HoursRule:
    return HoursRule(tenant_id=tenant_id, starts_on=date.min)


def rule_on(tenant_id: int, on: date) -> HoursRule:
    """The rule of one hospital on a day; one query."""
    return rule_among(rules_of([tenant_id]), tenant_id, on)


def hours_for(minutes: int, rule: HoursRule) -> Decimal:
    """Class hours of a meeting of so many minutes: by the hour in halves, or those of half a day, or of a day.

    A meeting by the hour never counts more than half a day, nor half a day more than a day.
    """
    if minutes >= rule.full_day_from:
        return rule.full_day_hours
    if minutes >= rule.half_day_from:
        return rule.half_day_hours
    counted = Decimal(minutes) / 60 * rule.per_hour
    halves = (counted / _HALF).to_integral_value(rounding=ROUND_DOWN) * _HALF
    return min(halves, rule.half_day_hours)


def capped(hours: Decimal, already: Decimal, rule: HoursRule) -> Decimal:
    """What is left of `hours` when so many were already counted that day."""
    return max(ZERO, min(hours, rule.daily_cap - already))
