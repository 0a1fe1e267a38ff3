"""From a theme to a branch's plan with one tap, and who is reminded."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.codes import THEME_OWNER, Headway, InquiryRole, MeetingKind
from rongpei.activities.partydays.headway import branches_of, counts_by_theme, steps_of, theme_of
from rongpei.activities.partydays.models import Meeting, Theme
from rongpei.activities.partydays.queries import should_attend
from rongpei.activities.partydays.standard import TEXTS
from rongpei.activities.partydays.todos import meeting_todos, own_todos
from rongpei.activities.partydays.web.hours import HoursRuleForm
from rongpei.activities.partydays.web.themeforms import ThemeForm
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.files.actions import store_upload
from rongpei.ground.files.tests import corpus
from rongpei.ground.notices.actions import recall
from rongpei.ground.notices.models import Notice
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.forms import Tidy
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.units.actions import affiliate, open_unit
from rongpei.org.units.codes import Tree, UnitKind


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _values(**changes: object) -> dict[str, object]:
    today = clock.today()
    return {
        "title": "亮身份、担使命", "slogan": "一线见行动", "starts_on": today, "plan_by_on": today + timedelta(days=5),
        "ends_on": today + timedelta(days=20), "record_by_on": today + timedelta(days=25), "fields": ["infection_control"],
        "forms": ["post_drill"], "mode": "on_site", "brief": "", "kit_agenda": "1. 学习\n2. 实操", "kit_minutes": 120,
        "kit_needs": str(TEXTS[InquiryRole.NEEDS]), "kit_after": str(TEXTS[InquiryRole.AFTER]),
        "kit_change": str(TEXTS[InquiryRole.CHANGE]),
    } | changes  # fmt: skip


def _theme(cast: Cast, *, issue: bool = True, **changes: object) -> Theme:
    office = cast.h1.actor("party_office")
    theme = actions.set_theme(
        actor=office, unit=cast.h1.unit("党委"), theme=None, values=_values(**changes), now=clock.now()
    )
    if issue:
        theme = actions.issue_theme(actor=office, theme=theme, now=clock.now(), today=clock.today())
    return theme


def _plan(cast: Cast, theme: Theme) -> Meeting:
    return actions.plan_from_kit(
        actor=cast.h1.actor("branch_secretary"), unit=cast.h1.unit("一支部"), theme=theme, now=clock.now(),
        today=clock.today(),
    )  # fmt: skip


def test_one_tap_makes_a_plan_with_agenda_hours_and_three_surveys(inside: Cast) -> None:
    meeting = _plan(inside, _theme(inside))
    sitting = meeting.gathering.sittings.get()
    assert clock.today() < meeting.gathering.held_on <= clock.today() + timedelta(days=20)
    assert (meeting.agenda, meeting.field, meeting.form, meeting.class_hours) == ("1. 学习\n2. 实操", "infection_control", "post_drill", 2)  # fmt: skip
    # The room and hour are those of the last theme day.
    assert sitting.location == "三层会议室"
    needs, after, change = (
        meeting.inquiries.select_related("paper").get(role=role).paper for role in InquiryRole
    )
    assert needs.invitations.count() == meeting.gathering.attendances.count() > 0
    assert (after.invitations.count(), change.invitations.count()) == (0, 0)
    assert after.opens_on == meeting.gathering.held_on
    assert (change.opens_on - meeting.gathering.held_on).days in range(88, 94)


def test_a_theme_day_entered_by_hand_belongs_to_the_theme_of_its_day(inside: Cast) -> None:
    theme, branch = _theme(inside), inside.h1.unit("二支部")

    def enter(on: date) -> Meeting:
        starts_at = timezone.make_aware(datetime.combine(on, time(16)))
        return actions.plan_meeting(
            actor=inside.h1.actor("party_office"), unit=branch, kind=MeetingKind.THEME_DAY, title="党日",
            slots=[actions.Slot(starts_at, starts_at + timedelta(hours=1))], class_hours=Decimal(1), now=clock.now(),
        )  # fmt: skip

    first = enter(theme.ends_on)
    assert (first.theme_id, first.field, first.form) == (theme.pk, "infection_control", "post_drill")
    assert enter(theme.ends_on).theme_id is None  # the branch has its meeting
    actions.cancel_meeting(actor=inside.h1.actor("party_office"), meeting=first, reason="改期")
    assert enter(theme.starts_on).theme_id == theme.pk
    assert enter(theme.ends_on + timedelta(days=1)).theme_id is None
    _theme(inside)
    other = inside.h1.unit("一支部")
    assert theme_of(other, theme.ends_on) is None  # two could be meant


def test_after_the_meeting_only_those_who_came_are_asked(inside: Cast) -> None:
    secretary, meeting = inside.h1.actor("branch_secretary"), _plan(inside, _theme(inside))
    ids = [inside.h1.person(f"member-{n}").pk for n in (1, 2)]
    actions.tick_attendance(
        actor=secretary, meeting=meeting, marks=dict.fromkeys(ids, (Presence.PRESENT, "")), now=clock.now()
    )
    actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now())
    for role in (InquiryRole.AFTER, InquiryRole.CHANGE):
        asked = meeting.inquiries.get(role=role).paper.invitations.values_list("person_id", flat=True)
        assert set(asked) == set(ids)


def test_a_second_plan_and_a_closed_theme_are_refused(inside: Cast) -> None:
    theme = _theme(inside)
    _plan(inside, theme)
    with pytest.raises(Refused, match="已经安排了"):
        _plan(inside, theme)
    draft = _theme(inside, issue=False)
    with pytest.raises(Refused, match="没有向本支部下发"):
        _plan(inside, draft)


def test_moving_the_day_moves_the_surveys_and_the_list(inside: Cast) -> None:
    meeting = _plan(inside, _theme(inside))
    slot = actions.Slot(
        *(
            one + timedelta(days=3)
            for one in meeting.gathering.sittings.values_list("starts_at", "ends_at").get()
        )
    )
    actions.change_plan(
        actor=inside.h1.actor("branch_secretary"),
        meeting=meeting,
        title="改期",
        slots=[slot],
        now=clock.now(),
    )
    moved = Meeting.objects.select_related("gathering").get(pk=meeting.pk)
    paper = moved.inquiries.get(role=InquiryRole.AFTER).paper
    assert paper.opens_on == moved.gathering.held_on == slot.starts_at.date()


def test_the_office_sees_who_stands_where_and_reminds_the_rest(inside: Cast) -> None:
    theme, office, today = _theme(inside), inside.h1.actor("party_office"), clock.today()
    meeting = _plan(inside, theme)
    branches = list(branches_of(theme))
    assert [step.headway for step in steps_of(theme, branches, today)] == [
        Headway.PLANNED,
        Headway.NOT_PLANNED,
    ]
    sent = actions.remind(actor=office, theme=theme, now=clock.now(), today=today)
    assert sent.branches == 2
    assert Notice.objects.filter(batch=sent.batch).count() == 1  # the second branch has no secretary
    recall(actor=office, batch=sent.batch, now=clock.now())
    assert not Notice.objects.filter(batch=sent.batch).exists()
    secretary = inside.h1.actor("branch_secretary")
    marks = {inside.h1.person("member-1").pk: (Presence.PRESENT, "")}
    actions.tick_attendance(actor=secretary, meeting=meeting, marks=marks, now=clock.now())
    actions.record_minutes(
        actor=secretary,
        meeting=meeting,
        agenda="",
        minutes="练了三遍",
        resolution="",
        class_hours=meeting.class_hours,
    )
    actions.confirm_meeting(actor=secretary, meeting=Meeting.objects.get(pk=meeting.pk), now=clock.now())
    assert counts_by_theme([theme])[theme.pk] == {
        Headway.NOT_PLANNED: 1, Headway.PLANNED: 0, Headway.HELD: 0, Headway.RECORDED: 1,
    }  # fmt: skip


@pytest.mark.parametrize("themes", [1, 3])
def test_counting_themes_asks_the_same_queries_whatever_their_number(
    inside: Cast, themes: int, django_assert_num_queries
) -> None:
    made = [_theme(inside) for _ in range(themes)]
    listed = list(Theme.objects.select_related("unit").filter(pk__in=[one.pk for one in made]))
    with django_assert_num_queries(2):
        counts_by_theme(listed)


def test_days_in_a_wrong_order_and_a_faulty_kit_are_refused(inside: Cast) -> None:
    with pytest.raises(Refused, match="日期的先后不对"):
        _theme(inside, plan_by_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="会前需求调查：第 1 题至少要有两个选项"):
        _theme(inside, kit_needs="想学什么？[单选]\n- 只有一个")


def test_a_secretary_does_not_set_themes(inside: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.set_theme(
            actor=inside.h1.actor("branch_secretary"), unit=inside.h1.unit("党委"), theme=None, values=_values(),
            now=clock.now(),
        )  # fmt: skip


def test_the_secretary_is_told_what_is_asked_by_when(inside: Cast) -> None:
    theme = _theme(inside)
    todos = {todo.key: todo for todo in meeting_todos(inside.h1.actor("branch_secretary"), clock.today())}
    todo = todos[f"partydays.theme:{theme.pk}:{inside.h1.unit('一支部').pk}"]
    assert todo.due_on == theme.plan_by_on
    _plan(inside, theme)
    secretary = inside.h1.actor("branch_secretary")
    after = {one.key for told in (meeting_todos, own_todos) for one in told(secretary, clock.today())}
    assert todo.key not in after
    assert any(key.startswith("partydays.answer:") for key in after)


def test_a_temporary_branch_lists_the_members_placed_in_it(inside: Cast) -> None:
    house, office = inside.h1, inside.h1.actor("party_office")
    front = open_unit(
        actor=office, tenant_id=house.tenant.pk, tree=Tree.PARTY, kind=UnitKind.TEMPORARY_BRANCH, name="临时党支部",
        parent=house.unit("党委"), on=date(2026, 1, 1),
    )  # fmt: skip
    affiliate(actor=office, person=house.person("member-5"), unit=front, starts_on=date(2026, 2, 1))
    affiliate(actor=office, person=house.person("staff"), unit=front, starts_on=date(2026, 2, 1))
    assert should_attend(front, MeetingKind.MEMBERS, date(2026, 1, 31)) == []
    assert should_attend(front, MeetingKind.MEMBERS, date(2026, 2, 1)) == [house.person("member-5").pk]
    assert house.person("member-5").pk in should_attend(
        house.unit("二支部"), MeetingKind.MEMBERS, date(2026, 2, 1)
    )


def _browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.h1.user(who), backend="rongpei.ground.accounts.signing.NumberOrNameBackend")
    return client


def test_a_survey_is_shown_as_those_asked_will_see_it_before_it_is_kept(inside: Cast) -> None:
    meeting, client = inside.h1.meeting(), _browser(inside, "branch_secretary")
    address = reverse("partydays:survey-set", args=[meeting.pk, "after"])
    shown = client.post(address, {"text": "学到了吗？\n- 学到了\n- 没有", "preview": "1"}).content.decode()
    assert 'name="q1" value="1"' in shown
    assert "- 没有</textarea>" in shown
    faulty = client.post(address, {"text": "学到了吗？\n- 学到了", "preview": "1"}).content.decode()
    assert "第 1 题至少要有两个选项。" in faulty
    assert "- 学到了</textarea>" in faulty
    assert not meeting.inquiries.exists()


@pytest.mark.parametrize(
    ("page", "form"), [("partydays:hours", HoursRuleForm), ("partydays:theme-new", ThemeForm)]
)
def test_every_field_of_a_form_is_on_its_page(inside: Cast, page: str, form: type[Tidy]) -> None:
    words = _browser(inside, "party_office").get(reverse(page)).content.decode()
    assert [name for name in form.base_fields if f'name="{name}"' not in words] == []


def test_a_member_reads_the_theme_s_materials_on_the_page_of_the_meeting(inside: Cast) -> None:
    theme = _theme(inside)
    meeting = _plan(inside, theme)
    file = store_upload(
        actor=inside.h1.actor("party_office"), tenant_id=theme.tenant_id, owner_kind=THEME_OWNER, owner_id=theme.pk,
        upload=SimpleUploadedFile("学习提纲.jpg", corpus.image("JPEG")), now=clock.now(),
    )  # fmt: skip
    member = _browser(inside, "member-1")
    page = member.get(reverse("partydays:meeting", args=[meeting.pk])).content.decode()
    assert "学习提纲.jpg" in page
    assert member.get(reverse("file", args=[file.pk])).status_code == 200
