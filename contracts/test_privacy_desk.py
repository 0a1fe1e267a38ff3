"""The desk: asking, answering, extending, erasing, the copy."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from contracts import cast as players
from contracts import development, portal
from contracts.cast import Cast
from rongpei.activities.columns.models import Comment
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.tenancy.scope import scope
from rongpei.org.consent.actions import answer, publish_text
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentAnswer
from rongpei.org.people.models import Person
from rongpei.org.privacy import actions, copies, queries
from rongpei.org.privacy.codes import Outcome, RequestKind, RequestState
from rongpei.org.privacy.models import Request, Term
from rongpei.org.privacy.todos import privacy_todos
from rongpei.pipelines.membership.models import ReviewMaterial
from rongpei.pipelines.verification.models import Credential
from rongpei.pipelines.verification.tests import samples


@pytest.fixture
def house(cast: Cast) -> Iterator[players.House]:
    """The first hospital, every tenant in scope."""
    with scope(cast.tenant_ids):
        yield cast.h1


def _ask(
    house: players.House,
    kind: RequestKind = RequestKind.CORRECT,
    about: tuple[str, ...] = (),
    wish: str = "职称应为副主任医师",
) -> Request:
    return actions.ask(
        actor=house.actor("member-2"), person=house.person("member-2"), kind=kind, about=about, wish=wish,
        today=clock.today(), now=clock.now(),
    )  # fmt: skip


def test_the_due_date_is_the_term_of_the_day_in_working_days(house: players.House) -> None:
    request, work = _ask(house), WorkCalendar.load()
    assert request.due_on == work.add_working_days(clock.today(), 15).on
    actions.set_term(
        actor=house.actor("party_office"), tenant_id=house.tenant.pk, starts_on=clock.today(), working_days=5,
        extension_days=3, basis="院办〔2026〕1号", today=clock.today(),
    )  # fmt: skip
    later = _ask(house, RequestKind.EXPLAIN, wish="为什么要登记籍贯")
    assert later.due_on == work.add_working_days(clock.today(), 5).on
    request.refresh_from_db()
    assert request.due_on == work.add_working_days(clock.today(), 15).on


def test_a_term_is_set_by_the_office_and_not_backwards(house: players.House) -> None:
    given = {
        "tenant_id": house.tenant.pk,
        "working_days": 5,
        "extension_days": 0,
        "basis": "",
        "today": clock.today(),
    }
    with pytest.raises(Refused, match="今天或以后"):
        actions.set_term(
            actor=house.actor("party_office"), starts_on=clock.today() - timedelta(days=1), **given
        )
    with pytest.raises(Forbidden):
        actions.set_term(actor=house.actor("member-1"), starts_on=clock.today(), **given)


@pytest.mark.parametrize(("days", "longer"), [(0, 15), (31, 15), (15, 31)])
def test_a_term_out_of_bounds_is_told_beside_its_field(cast: Cast, days: int, longer: int) -> None:
    client = Client()
    client.force_login(cast.h1.user("hr_office"))
    given = {"starts_on": clock.today().isoformat(), "working_days": days, "extension_days": longer}
    page = client.post("/privacy/desk/term/", given)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["extension_days" if longer > 30 else "working_days"]
    with scope(cast.tenant_ids):
        assert not Term.objects.exists()


def test_one_open_request_of_a_kind_and_never_for_another(house: players.House) -> None:
    request = _ask(house)
    with pytest.raises(Refused, match="正在办理"):
        _ask(house)
    actions.withdraw(actor=house.actor("member-2"), request=request)
    assert _ask(house).pk != request.pk
    with pytest.raises(Forbidden):
        actions.ask(
            actor=house.actor("member-1"), person=house.person("member-2"), kind=RequestKind.EXPLAIN, about=(), wish="看看",
            today=clock.today(), now=clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("about", "says"),
    [((), "请选要删除"), (("no.Such",), "没有这一类"), (("people.Person",), "依法不能删除")],
)
def test_what_the_law_keeps_cannot_be_asked_away(
    house: players.House, about: tuple[str, ...], says: str
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        _ask(house, RequestKind.DELETE, about)
    if about == ("people.Person",):
        assert "第四十七条" in refused.value.article


def test_a_granted_deletion_erases_what_was_asked_and_nothing_else(house: players.House) -> None:
    portal.rows(house)
    mine = Comment.objects.filter(person_id=house.person("member-2").pk)
    assert mine.filter(body__contains="大字卡").exists()
    request = _ask(house, RequestKind.DELETE, ("columns.Comment",), wish="")
    done = actions.answer(
        actor=house.actor("hr_office"),
        request=request,
        outcome=Outcome.GRANTED,
        words="已删除。",
        about=(),
        now=clock.now(),
    )
    assert done.result == {"columns.Comment": mine.count()}
    assert not mine.filter(body__contains="大字卡").exists()
    assert Person.objects.get(pk=house.person("member-2").pk).name == "党员乙"
    shown = AuditEvent.objects.filter(code="privacy.request.answered").latest("id")
    assert "大字卡" not in str(shown.after)


def test_a_refusal_erases_nothing_and_needs_its_reason(house: players.House) -> None:
    portal.rows(house)
    request = _ask(house, RequestKind.DELETE, ("columns.Comment",))
    given = {
        "actor": house.actor("hr_office"),
        "request": request,
        "outcome": Outcome.REFUSED,
        "about": (),
        "now": clock.now(),
    }
    with pytest.raises(Refused, match="说明理由"):
        actions.answer(words=" ", **given)
    assert actions.answer(words="举报正在处理，结束后删除。", **given).result == {}
    assert Comment.objects.filter(person_id=request.person_id, body__contains="大字卡").exists()
    with pytest.raises(Refused, match="不能再改"):
        actions.answer(words="再答一次", **given)


def test_a_part_is_chosen_within_what_was_asked(house: players.House) -> None:
    portal.rows(house)
    request = _ask(house, RequestKind.DELETE, ("columns.Comment", "notices.Notice"))
    given = {
        "actor": house.actor("hr_office"),
        "request": request,
        "outcome": Outcome.PARTLY,
        "words": "部分",
        "now": clock.now(),
    }
    for about in ((), ("papers.Sheet",)):
        with pytest.raises(Refused, match="申请的范围"):
            actions.answer(about=about, **given)
    assert list(actions.answer(about=("columns.Comment",), **given).result) == ["columns.Comment"]


def test_nobody_answers_the_own_request(house: players.House) -> None:
    request = actions.ask(
        actor=house.actor("hr_office"), person=house.person("hr_office"), kind=RequestKind.EXPLAIN, about=(), wish="规则",
        today=clock.today(), now=clock.now(),
    )  # fmt: skip
    given = {"request": request, "outcome": Outcome.GRANTED, "words": "好", "about": (), "now": clock.now()}
    with pytest.raises(Forbidden, match="别人办理"):
        actions.answer(actor=house.actor("hr_office"), **given)
    assert actions.answer(actor=house.actor("party_office"), **given).state == RequestState.ANSWERED


def test_an_extension_is_once_in_time_and_told(house: players.House) -> None:
    request = _ask(house)
    office, was = house.actor("hr_office"), request.due_on
    with pytest.raises(Refused, match="期限已过"):
        actions.extend(
            actor=office, request=request, reason="材料多", today=was + timedelta(days=1), now=clock.now()
        )
    longer = actions.extend(actor=office, request=request, reason="材料多", today=was, now=clock.now())
    assert longer.due_on == WorkCalendar.load().add_working_days(was, 15).on
    with pytest.raises(Refused, match="延长过一次"):
        actions.extend(actor=office, request=request, reason="还多", today=was, now=clock.now())


def test_the_office_has_it_to_do_and_a_member_has_not(house: players.House) -> None:
    request = _ask(house)
    keys = [one.key for one in privacy_todos(house.actor("hr_office"), clock.today())]
    assert keys == [f"privacy.request:{request.pk}"]
    assert not list(privacy_todos(house.actor("member-1"), clock.today()))


def test_the_copy_holds_the_own_words_and_no_one_elses(house: players.House) -> None:
    portal.rows(house)
    made = actions.take_copy(actor=house.actor("member-2"), person=house.person("member-2"), now=clock.now())
    text = copies.as_json(made).decode()
    assert "党员乙" in text
    assert "大字卡" in text
    assert "党员甲" not in text
    assert copies.as_workbook(made).read(2) == b"PK"
    seen = AuditEvent.objects.filter(code="privacy.copy.taken").latest("id")
    assert "党员乙" not in str(seen.after)
    with pytest.raises(Forbidden):
        actions.take_copy(actor=house.actor("hr_office"), person=house.person("member-2"), now=clock.now())


def test_a_copy_that_is_not_whole_says_so(house: players.House, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = portal.rows(house).printed
    for body in ("第二句", "第三句"):
        portal.comment(house, printed, body)
    monkeypatch.setattr("rongpei.ground.personal.copying.MOST_ROWS", 1)
    made = actions.take_copy(actor=house.actor("member-2"), person=house.person("member-2"), now=clock.now())
    part = next(
        one for one in made["parts"] if any("大字卡" in str(value) for row in one["rows"] for value in row)
    )
    assert len(part["rows"]) == 1
    assert part["left_out"] == 2
    assert "另有 2 条" in part["note"]
    with CalamineWorkbook.from_filelike(copies.as_workbook(made)) as book:
        cover = book.get_sheet_by_index(0).to_python()
    assert [row for row in cover if row[0] == part["title"]][0][2] == part["note"]


def _texts(house: players.House) -> list[int]:
    office = house.actor("system_admin")
    kinds = (TextKind.PRIVACY_POLICY, TextKind.INFORMED_CONSENT)
    return [
        publish_text(
            actor=office, tenant_id=house.tenant.pk, kind=kind, body=f"{kind.label}正文", now=clock.now()
        ).pk
        for kind in kinds
    ]


def test_withdrawing_is_one_press_like_agreeing_and_a_skip_is_no_consent(cast: Cast) -> None:
    with scope(cast.tenant_ids):
        policy, informed = _texts(cast.h1)
    client = Client()
    client.force_login(cast.h1.user("member-1"))
    page = client.get("/privacy/").content.decode()
    assert "隐私政策" in page
    assert "知情同意书" in page
    for pk, choice in ((policy, "agree"), (informed, "skip"), (policy, "withdraw")):
        assert client.post(f"/privacy/consents/{pk}/{choice}/").status_code == 302
    assert client.post(f"/privacy/consents/{policy}/skip/").status_code == 404
    with scope(cast.tenant_ids):
        said = list(
            ConsentAnswer.objects.filter(user=cast.h1.user("member-1"))
            .order_by("id")
            .values_list("answer", flat=True)
        )
        assert said == [Answer.AGREE, Answer.SKIP, Answer.WITHDRAW]
        assert not any(one.agreed for one in queries.standings_of(cast.h1.user("member-1")))


def test_a_new_version_asks_again(house: players.House) -> None:
    _texts(house)
    user = house.user("member-1")
    standing = next(one for one in queries.standings_of(user) if one.text.kind == TextKind.PRIVACY_POLICY)
    answer(
        actor=house.actor("member-1"),
        user=user,
        text=standing.text,
        choice=Answer.AGREE,
        channel="web",
        now=clock.now(),
    )
    publish_text(
        actor=house.actor("system_admin"),
        tenant_id=house.tenant.pk,
        kind=TextKind.PRIVACY_POLICY,
        body="新的正文",
        now=clock.now(),
    )
    found = next(one for one in queries.standings_of(user) if one.text.kind == TextKind.PRIVACY_POLICY)
    assert (found.agreed, found.renewed, found.text.version) == (False, True, 2)


def test_the_default_term_is_fifteen_working_days(house: players.House) -> None:
    assert queries.term_on(house.tenant.pk, date(2026, 6, 1)).working_days == 15


@pytest.mark.parametrize(("path", "number"), [("/privacy/desk/", "hr_office"), ("/privacy/", "member-1")])
def test_pages_ask_as_often_for_many_as_for_one(cast: Cast, path: str, number: str) -> None:
    client = Client()
    client.force_login(cast.h1.user(number))

    def asked() -> int:
        client.get(path)
        counts = []
        for _turn in range(3):  # what is kept for a second (the date, say) is asked again now and then
            with CaptureQueriesContext(connection) as found:
                assert client.get(path).status_code == 200
            counts.append(len(found))
        return min(counts)

    def add(who: str) -> None:
        person = cast.h1.person(who)
        for kind in (RequestKind.CORRECT, RequestKind.EXPLAIN):
            actions.ask(
                actor=cast.h1.actor(who), person=person, kind=kind, about=(), wish="请改", today=clock.today(),
                now=clock.now(),
            )  # fmt: skip

    with scope(cast.tenant_ids):
        actions.ask(
            actor=cast.h1.actor("member-1"), person=cast.h1.person("member-1"), kind=RequestKind.TRANSFER, about=(), wish="请转",
            today=clock.today(), now=clock.now(),
        )  # fmt: skip
    once = asked()
    with scope(cast.tenant_ids):
        for who in ("member-1", "member-2"):
            add(who)
    assert asked() == once


def test_what_is_sealed_is_not_even_counted(house: players.House) -> None:
    case = development.case_of(house)
    ReviewMaterial.objects.create(
        tenant=house.tenant,
        case=case,
        kind="函调",
        obtained_on=clock.today(),
        body="某某",
        recorded_at=clock.now(),
    )
    person = case.person
    assert person is not None
    subject = queries.subject_of(person)
    found = {one.held.model for one in copies.overview(house.actor("hr_office"), subject)}
    assert "procedures.Case" in found
    assert "membership.ReviewMaterial" not in found
    made = copies.make(house.actor(person.staff_number), subject, clock.now())
    assert "某某" not in copies.as_json(made).decode()
    assert "政治审查材料" in {one["title"] for one in made["withheld"]}


def test_the_identity_agreement_is_withdrawn_as_its_own_room_does(cast: Cast) -> None:
    with scope(cast.tenant_ids):
        samples.decided(
            samples.submitted(cast.operator),
            passed=True,
            reviewer=cast.operator.actor("certificate_reviewer"),
        )
        user = cast.operator.user("outside_hcp")
        kind = TextKind.IDENTITY_AGREEMENT
        standing = next(one for one in queries.standings_of(user) if one.text.kind == kind)
        assert standing.agreed
        mine = Credential.objects.filter(person__user=user, stopped_on=None)
        assert mine.exists()
    client = Client()
    client.force_login(user)
    address = f"/privacy/consents/{standing.text.pk}/"
    assert client.post(f"{address}agree/")["Location"] == "/verify/agreement/"
    assert client.post(f"{address}withdraw/").status_code == 302
    with scope(cast.tenant_ids):
        assert not mine.exists()
        assert not next(one for one in queries.standings_of(user) if one.text.kind == kind).agreed
