"""Rongpei 融培: a fact is recorded once, where it happens; all else is a query over it."""
