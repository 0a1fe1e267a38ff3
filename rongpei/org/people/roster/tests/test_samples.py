"""Invented rosters."""

import pytest

from rongpei.org.people.roster.choices import CHOICES
from rongpei.org.people.roster.columns import KEYS
from rongpei.org.people.roster.idnumbers import read_id_number
from rongpei.org.people.roster.samples import sample_rows

from . import files


def test_the_same_seed_gives_the_same_people() -> None:
    first = list(sample_rows(300, 1, files.DEPARTMENTS, files.BRANCHES))
    assert first == list(sample_rows(300, 1, files.DEPARTMENTS, files.BRANCHES))
    assert first != list(sample_rows(300, 2, files.DEPARTMENTS, files.BRANCHES))


def test_people_are_lawful_and_distinct() -> None:
    rows = list(sample_rows(5000, 3, files.DEPARTMENTS, files.BRANCHES))
    assert len({row["id_number"] for row in rows}) == len({row["staff_number"] for row in rows}) == 5000
    assert all(tuple(row) == KEYS for row in rows)
    for row in rows:
        identity = read_id_number(str(row["id_number"]))
        assert (identity.born_on, identity.sex) == (row["born_on"], row["sex"])
        assert all(row[key] in choice.labels for key, choice in CHOICES.items())
    names = "".join(str(row["name"]) for row in rows)
    assert "𬱖" in names
    assert "㛃" in names


def test_units_are_needed() -> None:
    with pytest.raises(ValueError, match="departments"):
        next(sample_rows(1, 1, (), files.BRANCHES))
