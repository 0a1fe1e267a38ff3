"""积极分子、发展对象册: one line a person, in the form party offices keep it (DOMAIN J), from what stands in each case."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.ground.ui.listing.sheet import chunks
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.judging import stands
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.replaying import standing
from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Fact, Person
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.numbers.highly import Highly
from rongpei.pipelines.membership.queries import people_named
from rongpei.pipelines.membership.registerimport.columns import EXPORTED, NUMBER, REVIEWS, STEP_KEYS
from rongpei.pipelines.membership.statutes import MEMBERSHIP, terms
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.pipelines.membership.statutes.cultivation import listed_on
from rongpei.pipelines.membership.statutes.probation import CONVERSION, CONVERSION_APPROVAL, is_converted


def heads() -> list[str]:
    """The first row."""
    return [NUMBER, *(column.title for column in EXPORTED)]


def step_cells(cases: Sequence[Case]) -> dict[int, dict[str, Any]]:
    """What the register says of the steps of each case, by the case's id and the column's key; two queries."""
    facts = _facts(cases)
    names = people_named([done.data for one in facts.values() for done in one.done])
    return {pk: dict(zip(STEP_KEYS, _steps(found, names), strict=True)) for pk, found in facts.items()}


def register_rows(cases: QuerySet[Case], highly: Highly) -> Iterator[list[Any]]:
    """The register with its heads; four queries for every thousand people or so, whatever they have behind them."""
    yield heads()
    rows = cases.exclude(person=None).select_related("person__place__department", "unit")
    number = 0
    for held in chunks(rows):
        facts, served = _facts(held), _served(held)
        names = people_named([done.data for one in facts.values() for done in one.done])
        for case in held:
            if (person := case.person) is not None:
                number += 1
                yield _line(number, case, person, facts[case.pk], names, highly, front=person.pk in served)


def _facts(cases: Sequence[Case]) -> dict[int, Facts]:
    records: dict[int, list[Record]] = {case.pk: [] for case in cases}
    rows = Record.objects.filter(case__in=list(records)).order_by("case_id", "sequence")
    for record in rows:
        records[record.case_id].append(record)
    return {
        pk: Facts(done=tuple(one.done for one in standing(MEMBERSHIP, own, read_data)))
        for pk, own in records.items()
    }


def _served(cases: Sequence[Case]) -> set[int]:
    rows = Fact.objects.filter(
        person__in=[case.person_id for case in cases], kind=FactKind.FRONT_LINE, superseded_at=None
    )
    return set(rows.exclude(value="").values_list("person_id", flat=True))


def _line(
    number: int,
    case: Case,
    person: Person,
    facts: Facts,
    names: dict[int, str],
    highly: Highly,
    *,
    front: bool,
) -> list[Any]:
    place = getattr(person, "place", None)
    known = {FactKind.TITLE.value: person.title, FactKind.DEGREE.value: person.degree}
    yes = _("是")
    return [
        number, person.staff_number, person.name, str(person.get_sex_display()), person.ethnicity, person.born_on, person.education,
        person.degree, place.department.name if place and place.department else "", person.post, person.title,
        str(person.get_position_type_display()), case.unit.name, str(person.get_party_status_display()),
        *_steps(facts, names), yes if highly.holds(known) else "", yes if front else "",
    ]  # fmt: skip


def _steps(facts: Facts, names: dict[int, str]) -> list[Any]:
    talk, notice, training = (
        facts.last(step)
        for step in ("initial_talk", "committee_consent_and_public_notice", "concentrated_training")
    )
    meeting = facts.last(MEETING)
    reviews = [done.on for done in facts.all_of("cultivate_and_review")][-REVIEWS:]
    told = meeting.data if meeting else {}
    due = terms.probation_due_on(facts) if stands(MEMBERSHIP, facts.last(APPROVAL)) else None
    return [
        _on(facts, "submit_application"), talk.on if talk else None, talk.data.get("talker", "") if talk else "",
        _on(facts, "recommend_and_confirm_activist"), _on(facts, "file_activist"),
        *_helpers(facts.last("assign_mentors"), "mentors", names), *reviews, *[None] * (REVIEWS - len(reviews)),
        _on(facts, "propose_development_target"), notice.data.get("posted_on") if notice else None,
        notice.data.get("ended_on") if notice else None,
        listed_on(notice) if notice and stands(MEMBERSHIP, notice) else None, _on(facts, "political_review"),
        training.on if training else None, training.data.get("class_hours") if training else None,
        _on(facts, "committee_pre_review"), *_helpers(facts.last("assign_introducers"), "introducers", names),
        meeting.on if meeting else None, told.get("eligible"), told.get("present"), _yes_total(told),
        _on(facts, APPROVAL), _on(facts, "oath_ceremony"), due, _on(facts, CONVERSION), _on(facts, CONVERSION_APPROVAL),
        due if due and is_converted(facts) else None,
    ]  # fmt: skip


def _on(facts: Facts, step: str) -> Any:
    done = facts.last(step)
    return done.on if done else None


def _helpers(done: Done | None, key: str, names: dict[int, str]) -> list[str]:
    helpers = (done.data.get(key) or ()) if done else ()
    named = [names.get(one.get("person_id", 0)) or one.get("name", "") for one in helpers]
    return [*named, "", ""][:2]


def _yes_total(told: Any) -> int | None:
    yes = told.get("yes")
    return None if yes is None else yes + (told.get("written_yes") or 0)
