"""Culture: days that propose themselves, hours entered once, works shown only by right, health science read by experts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from contracts import culture as rows
from contracts.cast import Cast, House
from rongpei.activities.culture import queries, tasks
from rongpei.activities.culture.actions import health, programmes, weeks, works
from rongpei.activities.culture.codes import DAYS, ConsentState, Occasion, PieceState, ProgrammeState
from rongpei.activities.culture.events import events_between
from rongpei.activities.culture.models import Appearance, Concern, Episode, Piece, Study, Work
from rongpei.activities.culture.todos import memorial_todos
from rongpei.activities.culture.web.forms import ProgrammeForm
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.notices.models import Notice
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.ledger.queries import hours_of_people

THOUGHTS = "看完想起自己第一次值夜班，灯一直亮着，心里就不慌了。"


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _hours(house: House, number: str) -> Decimal:
    ident = house.person(number).pk
    return hours_of_people([ident], clock.today().year).get(ident, Decimal(0))


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_every_day_of_the_year_knows_the_next_of_each_memorial_day(on: date) -> None:
    for occasion, (month, day) in DAYS.items():
        found = queries._next(occasion, on)
        assert (found.month, found.day) == (month, day)
        assert on <= found < on + timedelta(days=367)


def test_a_memorial_day_proposes_itself_until_it_is_planned_and_again_next_year(inside: Cast) -> None:
    house, on = inside.h2, date(2031, 5, 1)
    with scope([house.tenant.pk]):
        assert [one.occasion for one in queries.proposals(house.tenant.pk, on)] == [
            Occasion.YOUTH, Occasion.NURSES, Occasion.PARTY, Occasion.DOCTORS,
        ]  # fmt: skip
        planned = rows.programme(house, occasion="youth_day", held_on=date(2031, 5, 4))
        assert Occasion.YOUTH not in [one.occasion for one in queries.proposals(house.tenant.pk, on)]
        after = [
            one.on
            for one in queries.proposals(house.tenant.pk, date(2031, 5, 5))
            if one.occasion == "youth_day"
        ]
        assert after == [date(2032, 5, 4)]
        actor = house.actor("publicity_office")
        keys = [todo.key for todo in memorial_todos(actor, on)]
        assert "culture.plan:nurses_day:2031" in keys
        assert "culture.plan:youth_day:2031" not in keys
        programmes.cancel_programme(actor=actor, programme=planned, reason="场地维修")
        assert Occasion.YOUTH in [one.occasion for one in queries.proposals(house.tenant.pk, on)]


def test_the_cast_gets_its_hours_once_however_many_items_and_a_correction_takes_them_back(
    inside: Cast,
) -> None:
    house, keeper = inside.h1, inside.h1.actor("publicity_office")
    programme = rows.programme(house)
    rows.item(house, programme)
    rows.item(house, programme)
    said = {"audience": 120, "summary": "", "on": clock.today(), "now": clock.now()}
    programmes.hold_programme(actor=keeper, programme=programme, **said)
    assert (_hours(house, "member-1"), _hours(house, "member-3")) == (1, 0)
    with pytest.raises(Refused, match="不能修改"):
        programmes.hold_programme(actor=keeper, programme=programme, **said)
    programmes.reopen_programme(actor=keeper, programme=programme, reason="漏登一人", now=clock.now())
    assert _hours(house, "member-1") == 0
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.PLANNED


@pytest.mark.parametrize(("hours", "faulty"), [("-1", True), ("8.5", True), ("0", False), ("2", False)])
def test_a_programme_gives_no_hours_below_nothing_or_above_a_day(
    inside: Cast, hours: str, faulty: bool
) -> None:
    typed = {
        "occasion": "nurses_day", "title": "授帽", "held_on": "2026-05-12", "educations": ["ritual"],
        "unit": inside.h1.unit("一支部").pk, "class_hours": hours,
    }  # fmt: skip
    form = ProgrammeForm(typed, tenant_id=inside.h1.tenant.pk)
    assert list(form.errors) == ["class_hours"] * faulty


def test_a_programme_ahead_or_without_a_cast_is_not_held(inside: Cast) -> None:
    keeper = inside.h1.actor("publicity_office")
    said = {"audience": 1, "summary": "", "on": clock.today(), "now": clock.now()}
    with pytest.raises(Refused, match="演职人员"):
        programmes.hold_programme(actor=keeper, programme=rows.programme(inside.h1), **said)
    ahead = rows.programme(inside.h1, held_on=clock.today() + timedelta(days=3))
    rows.item(inside.h1, ahead)
    with pytest.raises(Refused, match="还没有到"):
        programmes.hold_programme(actor=keeper, programme=ahead, **said)


def test_a_series_of_fifty_four_is_studied_episode_by_episode_and_counted_once(inside: Cast) -> None:
    house, reader = inside.h1, inside.h1.actor("member-4")
    work = rows.work(house, episodes=54)
    episodes = list(Episode.objects.filter(work=work).order_by("number"))
    assert [one.number for one in episodes] == list(range(1, 55))
    study = {
        "actor": reader,
        "home_tenant_id": house.tenant.pk,
        "thoughts": THOUGHTS,
        "on": clock.today(),
        "now": clock.now(),
    }
    for episode in episodes[:3]:
        works.study_episode(episode=episode, **study)
    with pytest.raises(Refused, match="只记一次"):
        works.study_episode(episode=episodes[0], **study)
    assert _hours(house, "member-4") == Decimal("1.5")
    assert Entry.objects.filter(person_id=reader.person_id, kind="culture.studied").count() == 3
    client = Client()
    client.force_login(house.user("member-4"))
    page = client.get(f"/culture/works/{work.pk}/").content.decode()
    assert "共 54 集，学完计 27.0 学时" in page
    assert "您学过 3 集" in page


def test_thoughts_of_a_few_characters_count_nothing(inside: Cast) -> None:
    episode = Episode.objects.filter(work=rows.work(inside.h1)).first()
    with pytest.raises(Refused, match="至少写"):
        works.study_episode(
            actor=inside.h1.actor("member-4"), episode=episode, home_tenant_id=inside.h1.tenant.pk, thoughts="很好　　　 看",
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
    assert not Study.objects.filter(episode=episode).exists()


@pytest.mark.committing
def test_studying_at_the_same_moment_is_counted_once(committed_cast: Cast) -> None:
    house = committed_cast.h1
    with scope([house.tenant.pk]):
        episode = Episode.objects.filter(work=rows.work(house)).select_related("work").first()
        person = house.person("member-4").pk

    def once(_turn: int) -> bool:
        try:
            with scope([house.tenant.pk]):
                works.study_episode(
                    actor=house.actor("member-4"), episode=episode, home_tenant_id=house.tenant.pk, thoughts=THOUGHTS,
                    on=clock.today(), now=clock.now(),
                )  # fmt: skip
            return True
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(once, range(8))) == 1
    with scope([house.tenant.pk]):
        assert Entry.objects.filter(person_id=person, kind="culture.studied").count() == 1


def _shown(work: Work) -> bool:
    work.refresh_from_db()
    return work.is_shown


def test_a_work_is_shown_only_while_rights_and_every_consent_stand(inside: Cast) -> None:
    house, keeper, today = inside.h1, inside.h1.actor("publicity_office"), clock.today()
    work = rows.work(house, rights="")
    assert not _shown(work)
    works.change_work(actor=keeper, work=work, values={"rights": "own"}, on=today)
    assert _shown(work)
    one = works.enter_appearance(
        actor=keeper, work=work, name="", where="第三集", on=today, person=house.person("member-5")
    )
    guest = works.enter_appearance(actor=keeper, work=work, name="康复者老徐", where="第一集", on=today)
    assert not _shown(work)
    works.answer_appearance(
        actor=house.actor("member-5"), appearance=one, state=ConsentState.GIVEN, basis="", on=today
    )
    with pytest.raises(Refused, match="凭据"):
        works.answer_appearance(actor=keeper, appearance=guest, state=ConsentState.GIVEN, basis="", on=today)
    works.answer_appearance(
        actor=keeper, appearance=guest, state=ConsentState.GIVEN, basis="纸质同意书，2026年6月1日", on=today
    )
    assert _shown(work)
    assert work in list(queries.exhibition(house.actor("member-1")))
    one.refresh_from_db()
    works.answer_appearance(
        actor=house.actor("member-5"), appearance=one, state=ConsentState.WITHDRAWN, basis="", on=today
    )
    assert not _shown(work)
    episode = work.episodes.select_related("work").first()
    with pytest.raises(Refused, match="不展出"):
        works.study_episode(
            actor=house.actor("member-1"), episode=episode, home_tenant_id=house.tenant.pk, thoughts=THOUGHTS, on=today,
            now=clock.now(),
        )  # fmt: skip


def test_nobody_answers_for_another_person(inside: Cast) -> None:
    work = rows.work(inside.h1)
    one = works.enter_appearance(
        actor=System(inside.h1.tenant.pk),
        work=work,
        name="",
        where="",
        on=clock.today(),
        person=inside.h1.person("member-5"),
    )
    with pytest.raises(Forbidden):
        works.answer_appearance(
            actor=inside.h1.actor("member-1"),
            appearance=one,
            state=ConsentState.GIVEN,
            basis="x",
            on=clock.today(),
        )


def test_a_licence_that_ends_takes_the_work_out_by_night(
    inside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    work = rows.work(inside.h1, rights="licensed", rights_holder="市电视台", rights_until=today)
    assert _shown(work)
    tasks.check_works(0)
    assert _shown(work)
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=1))
    tasks.check_works(0)
    assert not _shown(work)


def test_a_piece_goes_out_only_after_its_experts(inside: Cast) -> None:
    house, keeper, author = inside.h1, inside.h1.actor("publicity_office"), inside.h1.actor("member-1")
    piece = rows.piece(house)
    now, today = clock.now(), clock.today()
    with pytest.raises(Refused, match="专家还没有审过"):
        health.publish_piece(actor=keeper, piece=piece, is_public=True, on=today, now=now)
    with pytest.raises(Refused, match="不能审自己"):
        health.ask_experts(
            actor=author, piece=piece, experts=[house.person("member-1")], due_on=today, on=today, now=now
        )
    experts = [house.person("member-2"), house.person("member-3")]
    health.ask_experts(actor=author, piece=piece, experts=experts, due_on=today, on=today, now=now)
    assert Notice.objects.filter(reader_id=experts[0].pk, batch__title__contains=piece.title).exists()
    first, second = piece.reviews.order_by("id")
    with pytest.raises(Forbidden):
        health.give_review(actor=house.actor("member-3"), review=first, passes=True, opinion="", now=now)
    health.give_review(actor=house.actor("member-2"), review=first, passes=True, opinion="", now=now)
    assert Piece.objects.get(pk=piece.pk).state == PieceState.REVIEW
    health.give_review(actor=house.actor("member-3"), review=second, passes=True, opinion="可以", now=now)
    piece.refresh_from_db()
    assert piece.state == PieceState.READY
    piece = health.publish_piece(actor=keeper, piece=piece, is_public=True, on=today, now=now)
    assert Client().get(f"/culture/health/{piece.pk}/").status_code == 200


def test_one_objection_sends_a_piece_back_and_ends_the_round(inside: Cast) -> None:
    house, today = inside.h1, clock.today()
    piece = rows.piece(house)
    experts = [house.person("member-2"), house.person("member-3")]
    health.ask_experts(
        actor=house.actor("member-1"), piece=piece, experts=experts, due_on=today, on=today, now=clock.now()
    )
    review = piece.reviews.get(expert=experts[0])
    with pytest.raises(Refused, match="要修改什么"):
        health.give_review(
            actor=house.actor("member-2"), review=review, passes=False, opinion=" ", now=clock.now()
        )
    health.give_review(
        actor=house.actor("member-2"), review=review, passes=False, opinion="剂量写错", now=clock.now()
    )
    piece.refresh_from_db()
    assert piece.state == PieceState.RETURNED
    assert not list(queries.reviews_due(house.actor("member-3")))


def test_a_concern_calls_up_what_there_is_and_asks_for_more(inside: Cast) -> None:
    house = inside.h1
    found = rows.passed(house, title="流感季的五件事", topics=["流感", "疫苗"])
    rows.passed(house, title="低盐这样吃", topics=["高血压"])
    concern = health.raise_concern(
        actor=house.actor("publicity_office"), tenant_id=house.tenant.pk, reader_ids=[house.person("member-2").pk],
        values={
            "question": "孩子打不打流感疫苗", "topics": ["疫苗"], "raised_on": clock.today(), "needed_by": clock.today(),
            "is_public": True,
        },
        now=clock.now(),
    )  # fmt: skip
    assert [one.piece_id for one in concern.answers.all()] == [found.pk]
    assert Notice.objects.filter(
        reader_id=house.person("member-2").pk, batch__title__contains="孩子打不打"
    ).exists()
    page = Client().get("/culture/health/").content.decode()
    assert "孩子打不打流感疫苗" in page
    health.close_concern(actor=house.actor("publicity_office"), concern=concern, on=clock.today())
    assert "孩子打不打流感疫苗" not in Client().get("/culture/health/").content.decode()


def test_a_week_gathers_what_every_activity_has_in_its_days(inside: Cast) -> None:
    house, today = inside.h1, clock.today()
    rows.programme(house, title="护士节授帽仪式")
    week = weeks.announce_week(
        actor=house.actor("publicity_office"), tenant_id=house.tenant.pk,
        values={"title": "科技创新周", "starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=1)},
    )  # fmt: skip
    kinds = {
        str(event.kind) for event in events_between(house.actor("member-1"), week.starts_on, week.ends_on)
    }
    assert {"会议与党日", "文章", "文化活动"} <= kinds
    client = Client()
    client.force_login(house.user("member-1"))
    page = client.get(f"/culture/weeks/{week.pk}/").content.decode()
    assert "H1主题党日" in page
    assert "护士节授帽仪式" in page
    outside = events_between(house.actor("member-1"), today + timedelta(days=40), today + timedelta(days=41))
    assert [event for event in outside if event.title == "护士节授帽仪式"] == []


def test_both_ends_of_a_week_count(inside: Cast) -> None:
    house, first = inside.h1, clock.today()
    said = {"actor": house.actor("publicity_office"), "tenant_id": house.tenant.pk}
    with pytest.raises(Refused, match="最长 31 天"):
        weeks.announce_week(
            values={"title": "长周", "starts_on": first, "ends_on": first + timedelta(days=31)}, **said
        )
    weeks.announce_week(
        values={"title": "长周", "starts_on": first, "ends_on": first + timedelta(days=30)}, **said
    )


def test_a_week_gathers_only_what_the_asker_may_see(inside: Cast) -> None:
    today = clock.today()
    seen = events_between(inside.h1.actor("staff"), today, today)
    assert "H1主题党日" not in [event.title for event in seen]


def test_the_public_sees_public_rows_alone(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        rows.work(cast.h1, title="院内片")
        rows.work(cast.h1, title="公开片", is_public=True)
        rows.passed(cast.h1, title="公开科普")
        rows.piece(cast.h1, title="没写完的科普")
    with scope([]):
        assert {work.title for work in Work._base_manager.all()} == {"公开片"}
        assert {episode.work.title for episode in Episode._base_manager.select_related("work")} == {"公开片"}
        assert {piece.title for piece in Piece._base_manager.all()} == {"公开科普"}
        assert not Concern._base_manager.filter(is_public=False).exists()
        assert not Appearance._base_manager.exists()
    page = Client().get("/culture/").content.decode()
    assert "公开片" in page
    assert "院内片" not in page
    foreign = Client()
    foreign.force_login(cast.h2.user("staff"))
    assert "院内片" not in foreign.get("/culture/").content.decode()
    assert "公开片" in foreign.get("/culture/").content.decode()
