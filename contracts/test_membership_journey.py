"""From application to full member in the browser, three years by the demonstration's date; unlawful tries refused.

The secretary and the office act at 1280 or 390; the applicant holds a phone.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium, visitor
from contracts.serving import web
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.models import Setting
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import history_of
from rongpei.org.people.models import Person
from rongpei.org.units.actions import open_unit
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.pipelines.membership.actions import take_application

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone, whose business date can be set."""
    Setting.objects.get_or_create(
        pk=1, defaults={"anchor_on": date(2025, 1, 6), "business_on": date(2025, 1, 6)}
    )
    clock.reading.forget()
    with web(committed, tmp_path) as server:
        yield server
    clock.reading.forget()


def _window(browser: Browser, site: Server, number: str, width: int) -> Visitor:
    return visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in(number)


class Desk:
    """The windows of those who act, and what is asked of every page on the way."""

    def __init__(self, browser: Browser, site: Server, width: int, shots: Path | None = None) -> None:
        self.office = _window(browser, site, "party_office", width)
        self.secretary = _window(browser, site, "branch_secretary", width)
        self.person = _window(browser, site, "staff", 390)
        self.origin, self.case, self.width, self.shots = self.office.origin, 0, width, shots
        cast = players.load()
        with scope([cast.h1.tenant.pk]):
            self.people = dict(Person.objects.filter(tenant=cast.h1.tenant).values_list("staff_number", "pk"))

    def day(self, on: str) -> None:
        """Set the business date."""
        page = self.office.page
        page.goto(f"{self.origin}/demonstration/")
        page.fill("[name=on]", on)
        page.locator("form:has([name=on]) button").click()
        page.wait_for_load_state("load")
        page.wait_for_timeout(2100)  # workers keep the date for two seconds

    def fill(self, page: Page, **fields: object) -> None:
        """Fill a form by the kind of each field."""
        for name, value in fields.items():
            if isinstance(value, tuple):
                for pk in value:
                    page.check(f"[name={name}][value='{pk}']")
            elif page.locator(f"input[type=radio][name={name}]").count():
                page.check(f"[name={name}][value='{value}']")
            elif value is True:
                page.check(f"[name={name}]")
            else:
                page.fill(f"[name={name}]", str(value))

    def form(self, window: Visitor, step: str, on: str, **fields: object) -> Page:
        """Open the form of a step on a day, fill it, and press 登记."""
        page = window.page
        page.goto(f"{self.origin}/development/{self.case}/do/{step}/?on={on}")
        self.fill(page, **fields)
        grave = page.locator("button.btn-primary[data-confirm]").count()
        if grave:
            page.click("button.btn-primary:has-text('登记')")
        with page.expect_navigation():
            page.click("dialog .btn-primary" if grave else "button.btn-primary:has-text('登记')")
        return page

    def do(self, window: Visitor, step: str, on: str, **fields: object) -> None:
        """A step that is done."""
        page = self.form(window, step, on, **fields)
        assert "已登记：" in page.inner_text("main"), page.inner_text("main")[:600]
        assert page.url.endswith(f"/development/{self.case}/")

    def refused(self, window: Visitor, step: str, on: str, *words: str, **fields: object) -> None:
        """A step that is refused with these words, nothing typed lost."""
        page = self.form(window, step, on, **fields)
        told = page.inner_text("main")
        assert all(word in told for word in words), told[:900]
        assert page.input_value("[name=on]") == on
        for name, value in fields.items():
            if isinstance(value, int):
                assert page.input_value(f"[name={name}]") == str(value)

    def look(self, window: Visitor, path: str, name: str) -> None:
        """Nothing is wrong with a page."""
        wrong = window.look_at(path)
        if self.shots:
            window.page.screenshot(path=self.shots / f"{name}-{self.width}.png", full_page=True)
        assert not wrong, wrong


SHOTS = None
VOTES = {"present": 8, "issued": 8, "returned": 8, "valid": 8, "yes": 7, "no": 1, "abstain": 0}


@pytest.mark.parametrize("width", [1280, 390])
def test_from_application_to_full_member(site: Server, browser: Browser, width: int) -> None:
    desk = Desk(browser, site, width, SHOTS)
    _apply(desk)
    _become_activist(desk)
    _become_target(desk)
    _prepare(desk)
    _admit(desk)
    _convert(desk)
    for window in (desk.office, desk.secretary, desk.person):
        assert not window.faults


def _apply(desk: Desk) -> None:
    """On the phone; the paper is what counts."""
    page = desk.person.page
    page.goto(f"{desk.origin}/development/mine/apply/")
    page.select_option("[name=unit]", label="一支部")
    page.fill("[name=body]", "我志愿加入中国共产党。")
    page.click("button:has-text('提交申请')")
    page.get_by_text("入党申请已提交").wait_for()
    desk.look(desk.person, "/development/mine/", "mine-waiting")
    page = desk.secretary.page
    page.goto(f"{desk.origin}/")
    page.click("a:has-text('登记收到')")
    desk.fill(page, received_on="2025-01-06", paper=True)
    page.click("button:has-text('登记申请')")
    page.get_by_text("的入党申请书。").first.wait_for()
    desk.case = int(page.url.rstrip("/").rsplit("/", 1)[1])


def _become_activist(desk: Desk) -> None:
    branch, office, people = desk.secretary, desk.office, desk.people
    desk.day("2025-06-01")
    desk.do(branch, "initial_talk", "2025-01-20", talker="书记甲", summary="动机端正")
    desk.do(branch, "recommend_and_confirm_activist", "2025-05-12", recommended_by="members")
    desk.do(office, "file_activist", "2025-05-20")
    desk.do(branch, "assign_mentors", "2025-05-21", mentors=(people["member-1"], people["member-2"]))
    page = desk.person.page
    page.goto(f"{desk.origin}/development/mine/report/")
    page.fill("[name=body]", "一季度思想汇报。")
    page.click("button:has-text('提交')")
    page.get_by_text("思想汇报已交给党支部").wait_for()
    desk.look(desk.person, "/development/mine/", "mine")
    desk.day("2026-05-11")
    desk.do(branch, "cultivate_and_review", "2025-11-10", mentors_opinion="进步明显", branch_opinion="同意")
    desk.do(branch, "cultivate_and_review", "2026-05-10", mentors_opinion="成熟", branch_opinion="同意")
    desk.look(branch, f"/development/{desk.case}/", "case")
    told = branch.page.inner_text("main")
    assert "2026年5月12日" in told
    assert "第13条" in told


def _become_target(desk: Desk) -> None:
    branch, office = desk.secretary, desk.office
    opinions = {"mentors_opinion": "同意", "members_opinion": "同意", "masses_opinion": "同意"}
    desk.refused(branch, "propose_development_target", "2026-05-11", "第13条", "2026年5月12日", **opinions)
    page = branch.page
    page.goto(f"{desk.origin}/development/{desk.case}/?step=propose_development_target")
    page.fill("#id_what_if", "2026-05-12")
    page.get_by_text("这一天办理合规").wait_for()
    desk.day("2026-07-03")
    desk.do(branch, "propose_development_target", "2026-05-12", **opinions)
    notice = {"approved": "yes", "posted_on": "2026-05-18"}
    desk.refused(
        office,
        "committee_consent_and_public_notice",
        "2026-05-22",
        "五个工作日",
        **notice,
        ended_on="2026-05-22",
    )
    desk.do(office, "committee_consent_and_public_notice", "2026-05-25", **notice, ended_on="2026-05-25")
    people = [desk.people[f"member-{index}"] for index in (1, 2, 3)]
    desk.refused(branch, "assign_introducers", "2026-05-26", "应为两名", "第14条", introducers=tuple(people))
    desk.do(branch, "assign_introducers", "2026-05-26", introducers=tuple(people[:2]))


def _prepare(desk: Desk) -> None:
    branch, office = desk.secretary, desk.office
    page = branch.page
    page.goto(f"{desk.origin}/development/{desk.case}/review/")
    desk.fill(page, obtained_on="2026-05-28", body="函调回函：没有问题。")
    page.click("button:has-text('登记')")
    page.get_by_text("政审材料已登记").wait_for()
    desk.do(branch, "political_review", "2026-06-01", conclusion="qualified")
    page = office.page
    page.goto(f"{desk.origin}/development/{desk.case}/training/")
    for number, on in enumerate(("2026-06-03", "2026-06-04", "2026-06-05"), start=1):
        page.fill(f"[name=day_{number}]", on)
    page.click("button:has-text('记入台账')")
    page.get_by_text("已记入学时台账").wait_for()
    desk.do(office, "concentrated_training", "2026-06-05", passed="yes")
    desk.do(branch, "branch_committee_review", "2026-06-08")
    desk.do(office, "committee_pre_review", "2026-06-15", passed="yes")
    desk.do(branch, "complete_admission_form", "2026-06-20", form_number="0001234")
    assert "没有问题" not in _all_text(desk.person, "/development/mine/")


def _all_text(window: Visitor, path: str) -> str:
    window.page.goto(window.origin + path)
    return str(window.page.inner_text("body"))


def _mark(page: Page, present: int, written: int) -> None:
    """Tick who came and who wrote, by the order of the list."""
    rows = page.locator("#attendance li:has([value=present])")
    for index in range(rows.count()):
        value = "present" if index < present else "written" if index < present + written else "leave"
        rows.nth(index).locator(f".seg-radio label:has([value={value}]) span").click()
    page.click("button:has-text('保存到会名单')")
    page.get_by_text("到会名单已保存").wait_for()


def _count(page: Page, **counts: int) -> None:
    for name in ("issued", "returned", "valid", "yes", "no", "abstain", "written_yes", "written_no"):
        page.fill(f"[name={name}]", str(counts.get(name, 0)))
    page.click("button:has-text('保存票数并核对')")
    page.get_by_text("票数已保存").wait_for()


def _settle(page: Page) -> None:
    page.click("button:has-text('确认结果')")
    with page.expect_navigation():
        page.locator("dialog .btn-primary").click()


def _admit(desk: Desk) -> None:
    """The kit: no quorum, then no majority of all eligible, then carried with a written opinion."""
    page = desk.secretary.page
    page.goto(f"{desk.origin}/development/meetings/new/?case={desk.case}&on=2026-07-03")
    page.click("button:has-text('列出应到名单')")
    page.get_by_text("会议已准备好").wait_for()
    kit = page.url
    _mark(page, present=4, written=5)
    _count(page, issued=4, returned=4, valid=4, yes=4, written_yes=5)
    _settle(page)
    assert "会议无效" in page.inner_text("main")
    assert "第19条" in page.inner_text("main")
    page.goto(kit)
    _mark(page, present=7, written=0)
    _count(page, issued=7, returned=7, valid=7, yes=4, no=3)
    _settle(page)
    assert "至少要 5 票" in page.inner_text("main")
    assert "第20条" in page.inner_text("main")
    page.goto(kit)
    _mark(page, present=7, written=1)
    _count(page, issued=7, returned=7, valid=7, yes=6, no=1, written_yes=1)
    desk.look(desk.secretary, kit.removeprefix(desk.origin), "kit")
    assert "应到会有表决权的正式党员 9 名，实到会 7 名" in page.inner_text(".paper")
    _settle(page)
    page.get_by_text("已确认：").wait_for()
    desk.do(desk.office, "pre_approval_talk", "2026-07-03", talker="党委委员甲", summary="同意")
    _approve(desk, "2026-07-20")
    page.goto(kit)
    house = players.load().h1
    with scope([house.tenant.pk]):  # a member since the meeting, but not when it began
        assert house.person("staff").name not in page.locator("section.card").first.inner_text()


def _approve(desk: Desk, on: str) -> None:
    desk.day(on)
    desk.look(desk.office, f"/development/approvals/?on={on}", "approvals")
    page = desk.office.page
    page.click("button:has-text('登记结果')")
    page.locator("dialog .btn-primary").click()
    page.get_by_text("已批准：").wait_for()


def _convert(desk: Desk) -> None:
    branch = desk.secretary
    desk.do(branch, "assign_to_branch_and_group", "2026-07-20")
    desk.do(branch, "oath_ceremony", "2026-07-20")
    desk.day("2027-07-05")
    page = desk.person.page
    page.goto(f"{desk.origin}/development/mine/convert/")
    page.fill("[name=body]", "申请按期转正。")
    page.click("button:has-text('提交申请')")
    page.get_by_text("转正申请已提交").wait_for()
    desk.do(branch, "extend_probation", "2027-07-05", months=6, **VOTES)
    desk.refused(branch, "extend_probation", "2027-07-05", "只能延长一次", "第31条", months=6, **VOTES)
    desk.day("2028-01-10")
    desk.do(branch, "branch_conversion_meeting", "2028-01-10", outcome="convert", **VOTES)
    _approve(desk, "2028-02-10")
    desk.do(branch, "archive_materials", "2028-02-10", archive_place="personnel")
    desk.look(branch, f"/development/{desk.case}/", "case-end")
    assert "正式党员" in _all_text(desk.person, "/development/mine/")
    cast = players.load()
    with scope([cast.h1.tenant.pk]):
        staff = cast.h1.person("staff")
        assert (staff.joined_on, staff.converted_on) == (date(2026, 7, 3), date(2028, 1, 3))
        assert AuditEvent.objects.filter(code="membership.review.viewed", first_id=desk.case).exists()


def _made(unit_kind: UnitKind, until: tuple[tuple[str, str, dict[str, object]], ...]) -> int:
    """A case in a unit of this kind, brought so far without a browser."""
    house = players.load().h1
    with scope([house.tenant.pk]):
        system, today, now = System(house.tenant.pk), date(2026, 7, 1), clock.now()
        unit = house.unit("一支部")
        if unit_kind != UnitKind.BRANCH:
            unit = open_unit(
                actor=system, tenant_id=house.tenant.pk, tree=Tree.PARTY, kind=unit_kind, name="应急临时支部",
                parent=house.unit("总支"), on=players.BEGAN,
            )  # fmt: skip
        case = take_application(
            actor=system, person=house.person("staff"), unit=unit, received_on=date(2025, 1, 6), data={}, reason="",
            today=today, now=now,
        )  # fmt: skip
        for step, on, data in until:
            actions.perform(
                actor=system, case=Case.objects.get(pk=case.pk), step=step, on=date.fromisoformat(on), data=data,
                reason="补录", today=today, now=now,
            )  # fmt: skip
        return int(case.pk)


_TO_THE_FORM: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("initial_talk", "2025-01-20", {}), ("recommend_and_confirm_activist", "2025-02-01", {}),
    ("file_activist", "2025-02-02", {}), ("assign_mentors", "2025-02-03", {"mentors": [{"status": "full"}]}),
    ("cultivate_and_review", "2026-02-01", {}), ("propose_development_target", "2026-02-10", {}),
    ("committee_consent_and_public_notice", "2026-02-20", {}),
    ("assign_introducers", "2026-02-21", {"introducers": [{"status": "full"}, {"status": "full"}]}),
    ("political_review", "2026-02-22", {"conclusion": "qualified"}),
)  # fmt: skip


def test_a_temporary_branch_does_not_admit(site: Server, browser: Browser) -> None:
    desk = Desk(browser, site, 1280)
    desk.case = _made(UnitKind.TEMPORARY_BRANCH, _TO_THE_FORM)
    desk.day("2026-07-01")
    page = desk.office.page
    page.goto(f"{desk.origin}/development/{desk.case}/training/")
    for number, on in enumerate(("2026-03-02", "2026-03-03", "2026-03-04"), start=1):
        page.fill(f"[name=day_{number}]", on)
    page.click("button:has-text('记入台账')")
    page.get_by_text("已记入学时台账").wait_for()
    desk.do(desk.office, "concentrated_training", "2026-03-04", passed="yes")
    desk.do(desk.office, "branch_committee_review", "2026-06-08")
    desk.do(desk.office, "committee_pre_review", "2026-06-15", passed="yes")
    desk.do(desk.office, "complete_admission_form", "2026-06-16", form_number="0001235")
    desk.refused(
        desk.office, "branch_admission_meeting", "2026-07-01", "临时党组织不能接收预备党员", "第22条", **VOTES
    )


def test_two_secretaries_at_once_one_wins_and_one_is_told(site: Server, browser: Browser) -> None:
    desk = Desk(browser, site, 1280)
    desk.case = _made(UnitKind.BRANCH, ())
    desk.day("2025-02-01")
    other = _window(browser, site, "organization_officer", 390)
    for window in (desk.secretary, other):
        window.page.goto(f"{desk.origin}/development/{desk.case}/do/initial_talk/?on=2025-01-20")
        desk.fill(window.page, talker="书记甲", summary=f"谈话情况 {window is other}")
    desk.secretary.page.click("button.btn-primary:has-text('登记')")
    desk.secretary.page.get_by_text("已登记：").wait_for()
    other.page.click("button.btn-primary:has-text('登记')")
    other.page.get_by_text("别人刚登记了").wait_for()
    assert other.page.input_value("[name=summary]") == "谈话情况 True"
    other.page.click("button.btn-primary:has-text('登记')")
    other.page.get_by_text("已经办理").first.wait_for()
    with scope([players.load().h1.tenant.pk]):
        assert history_of(Case.objects.get(pk=desk.case)).filter(step="initial_talk").count() == 1
