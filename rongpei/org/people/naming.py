"""How a name sorts and is found by pinyin."""

from rongpei.org.people.roster.pinyin import full, initials, sort_key

__all__ = ["full", "initials", "sort_key"]
