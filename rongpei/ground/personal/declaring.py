"""The words in which a room says what it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

Words = Any  # a string, or one that is translated when it is read


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data: the person, and the account, either of which may be missing.

    outside: the subject is nobody's employee, so that no law on staff has anything kept.
    """

    tenant_id: int
    person_id: int | None = None
    user_id: int | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the copy: a path from the row, its heading, and how a stored value is read (deciphered, say)."""

    path: str
    heading: Words
    read: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Erase:
    """The rows go."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The rows stay without what says who: these columns take these values."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Keep:
    """The law has it kept: why in one sentence, and the article."""

    why: Words
    article: Words


End = Erase | Blank | Keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one model holds about people.

    model: `app.Model`. title: what it is, in a reader's words. purpose: what for. persons, users: paths from a row to the
    person's or the account's id, any of which makes the row the subject's. fields: what the copy shows, in order.
    ends: what erasure does; outside: what it does for outsiders instead. withheld: why the copy leaves it out (then `fields` is empty). sensitive: kept apart by law,
    《个人信息保护法》第二十八条. others: columns that point at people but say nothing of the subject.
    """

    model: str
    title: Words
    purpose: Words
    ends: End
    outside: "End | None" = None
    persons: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    withheld: Words = ""
    sensitive: bool = False
    others: tuple[str, ...] = ()

    def of(self, subject: Subject) -> "QuerySet[Model]":
        """The subject's rows, oldest first."""
        found = Q(pk__in=[])
        if subject.person_id is not None:
            for path in self.persons:
                found |= Q(**{path: subject.person_id})
        if subject.user_id is not None:
            for path in self.users:
                found |= Q(**{path: subject.user_id})
        return self.rows().filter(found).order_by("pk")

    @property
    def table(self) -> str:
        """The table of the model."""
        return str(apps.get_model(self.model)._meta.db_table)

    def end_for(self, subject: Subject) -> End:
        """What erasure does to the subject's rows."""
        return self.outside if subject.outside and self.outside is not None else self.ends

    def rows(self) -> "QuerySet[Model]":
        """All rows of the model in the scope."""
        found: QuerySet[Model] = apps.get_model(self.model)._default_manager.all()
        return found
