"""What stands beside a plan: the wishes of those who will come, and the judgement of the last meeting of the kind."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import InquiryRole, MeetingKind
from rongpei.activities.partydays.models import Inquiry, Meeting, Theme
from rongpei.activities.partydays.needs import beside_plan, wishes_under
from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.kernel.papers.answering import hand_in

ASKED = "用哪种形式？[单选]\n- 理论课堂\n- 研讨交流\n- 岗位练兵\n想学什么？[多选]\n- 院感\n- 沟通\n还有建议吗？[填空][选填]"
# Form and subjects of each; 研讨交流 is wished for by one.
ANSWERS = [(2, [0]), (2, [0, 1]), (0, [0]), (2, [0]), (1, [1]), (0, [0])]


@pytest.fixture
def inside(cast: Cast) -> Iterator[Cast]:
    with scope([cast.h1.tenant.pk]):
        yield cast


def _ask(cast: Cast, meeting: Meeting, *, anonymous: bool = True) -> Inquiry:
    return actions.attach_inquiry(
        actor=cast.h1.actor("branch_secretary"), meeting=meeting, role=InquiryRole.NEEDS, text=ASKED,
        anonymous=anonymous, now=clock.now(), today=clock.today(),
    )  # fmt: skip


def _answer(inquiry: Inquiry, many: int) -> None:
    people = inquiry.paper.invitations.order_by("person_id").values_list("person_id", flat=True)
    for person_id, (form, subjects) in zip(people[:many], ANSWERS, strict=False):
        hand_in(
            paper=inquiry.paper, person_id=person_id, answers={"1": form, "2": subjects}, on=clock.today()
        )


def _page(cast: Cast, meeting: Meeting | Theme, who: str = "branch_secretary", name: str = "change") -> str:
    client = Client()
    client.force_login(cast.h1.user(who), backend="rongpei.ground.accounts.signing.NumberOrNameBackend")
    return client.get(reverse(f"partydays:{name}", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize("anonymous", [True, False])
def test_wishes_stand_beside_the_plan_from_five_answers_on(inside: Cast, anonymous: bool) -> None:
    meeting = inside.h1.meeting()
    inquiry = _ask(inside, meeting, anonymous=anonymous)
    results = reverse("partydays:survey-results", args=[inquiry.paper_id])
    _answer(inquiry, 4)
    few = _page(inside, meeting)
    assert "答了 4 人" in few
    assert "满 5 人作答后" in few
    assert "岗位练兵" not in few
    assert (results in few) == (not anonymous)  # with names the committee reads every sheet
    inquiry.paper.sheets.all().delete()
    inquiry.paper.invitations.update(answered=False)
    _answer(inquiry, 6)
    many = _page(inside, meeting)
    assert "答了 6 人" in many
    assert results in many
    assert many.index("岗位练兵") < many.index("理论课堂") < many.index("研讨交流")
    assert many.index("院感") < many.index("沟通")
    assert "岗位练兵" in _page(inside, meeting, name="meeting")


def test_choices_are_told_with_their_counts_and_texts_are_not(inside: Cast) -> None:
    inquiry = _ask(inside, inside.h1.meeting())
    _answer(inquiry, 6)
    told = beside_plan(inside.h1.meeting())
    assert [(wish.text, wish.choices) for wish in told.wishes] == [
        ("用哪种形式？", [("岗位练兵", 3), ("理论课堂", 2), ("研讨交流", 1)]),
        ("想学什么？", [("院感", 5), ("沟通", 2)]),
    ]


def test_the_office_sees_the_wishes_of_all_branches_under_its_theme(
    inside: Cast, django_assert_num_queries
) -> None:
    """Three answers in one branch and two in another are five; papers of other themes do not count."""
    house, today = inside.h1, clock.today()
    _answer(_ask(inside, house.meeting()), 6)
    office, theme = house.actor("party_office"), _theme(inside)
    first, second = (
        actions.plan_from_kit(actor=office, unit=house.unit(name), theme=theme, now=clock.now(), today=today)
        for name in ("一支部", "二支部")
    )
    of_first, of_second = (one.inquiries.get(role=InquiryRole.NEEDS) for one in (first, second))
    _answer(of_first, 3)
    _answer(of_second, 1)
    assert "满 5 人作答后" in _page(inside, theme, "party_office", "theme")
    person = of_second.paper.invitations.filter(answered=False).order_by("person_id")[0].person_id
    hand_in(paper=of_second.paper, person_id=person, answers={"1": 2, "2": [1]}, on=today)
    with django_assert_num_queries(4):
        summary, wishes = wishes_under(theme)
    assert summary.answered == 5
    assert wishes[0].choices == [("岗位练兵", 4), ("理论课堂", 1)]
    assert "岗位练兵" in _page(inside, theme, "party_office", "theme")
    assert "各支部的需求" not in _page(inside, theme, "branch_secretary", "theme")


def _theme(cast: Cast) -> Theme:
    office, today = cast.h1.actor("party_office"), clock.today()
    values = {
        "title": "亮身份", "slogan": "", "starts_on": today, "plan_by_on": today, "ends_on": today + timedelta(days=20),
        "record_by_on": today + timedelta(days=25), "fields": ["infection_control"], "forms": ["post_drill"],
        "mode": "on_site", "brief": "", "kit_agenda": "学习", "kit_minutes": 60, "kit_needs": ASKED, "kit_after": "",
        "kit_change": "",
    }  # fmt: skip
    theme = actions.set_theme(
        actor=office, unit=cast.h1.unit("党委"), theme=None, values=values, now=clock.now()
    )
    return actions.issue_theme(actor=office, theme=theme, now=clock.now(), today=today)


def test_a_member_on_the_list_is_told_no_wishes(inside: Cast) -> None:
    meeting = inside.h1.meeting()
    _answer(_ask(inside, meeting), 6)
    assert "岗位练兵" not in _page(inside, meeting, "member-1", "meeting")


def test_without_a_survey_the_plan_offers_one(inside: Cast) -> None:
    meeting = inside.h1.meeting()
    assert reverse("partydays:survey-set", args=[meeting.pk, "needs"]) in _page(inside, meeting)


def test_the_judgement_of_the_last_of_its_kind_stands_there_too(inside: Cast) -> None:
    meeting, secretary = inside.h1.meeting(), inside.h1.actor("branch_secretary")
    assert beside_plan(meeting).last is None
    starts = clock.now() - timedelta(days=20)
    for kind, title in ((meeting.kind, "上次党日"), (MeetingKind.LECTURE, "上次党课")):
        held = actions.plan_meeting(
            actor=secretary, unit=inside.h1.unit("一支部"), kind=MeetingKind(kind), title=title, now=clock.now(),
            slots=[Slot(starts, starts + timedelta(hours=1))], class_hours=Decimal(1), entered_later_reason="补录",
        )  # fmt: skip
        actions.attach_inquiry(
            actor=secretary, meeting=held, role=InquiryRole.AFTER, text="有用吗？[打分]", anonymous=False,
            now=clock.now(), today=clock.today(),
        )  # fmt: skip
        marks = {inside.h1.person("member-1").pk: (Presence.PRESENT, "")}
        actions.tick_attendance(actor=secretary, meeting=held, marks=marks, later=True, now=clock.now())
        actions.confirm_meeting(actor=secretary, meeting=held, now=clock.now())
    last = beside_plan(meeting).last
    assert last is not None
    hand_in(
        paper=last.paper, person_id=inside.h1.person("member-1").pk, answers={"1": 4}, on=last.paper.closes_on
    )
    shown = _page(inside, meeting)
    assert "上次党日" in shown
    assert "上次党课" not in shown
    assert "均分 4.0" in shown


@pytest.mark.parametrize("many", [5, 6])
def test_the_card_asks_as_often_for_many_answers_as_for_few(
    inside: Cast, many: int, django_assert_num_queries
) -> None:
    _answer(_ask(inside, inside.h1.meeting()), many)
    meeting = Meeting.objects.select_related("gathering__unit").get(pk=inside.h1.meeting().pk)
    with django_assert_num_queries(6):
        beside_plan(meeting)
