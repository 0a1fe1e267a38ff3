"""The permission table: every address, who may open it, and how to fill its parts from the cast.

An address missing here fails the build. `roles` repeats, on purpose and by hand, what the view's door says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contracts import culture, development, portal, privacy, verifying
from contracts.cast import BEGAN, House
from rongpei.activities.partydays.actions import attach_inquiry
from rongpei.activities.partydays.codes import InquiryRole
from rongpei.activities.partydays.models import MakeUp, Theme
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.models import Holiday
from rongpei.kernel.papers.drafting import invite
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.units.models import RosterImport

ALL = tuple(Role)
RUNNERS = (
    Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER,
)  # fmt: skip
KEEPERS = (Role.PARTY_OFFICE, Role.HR_OFFICE)
READERS = (
    Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER, Role.PARTY_OFFICE, Role.HR_OFFICE, Role.TRAINING_OFFICE,
    Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER, Role.GROUP_LEADER,
    Role.DEPARTMENT_HEAD,
)  # fmt: skip

Fill = Callable[[House], dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """Who may open it (empty: the public), what fills it, and which status answers those let in.

    `finds` empty: nobody finds the object. Those let in otherwise get `own`, or 404 when their queries do not reach it.
    """

    roles: tuple[Role, ...]
    fill: Fill = field(default=lambda house: {})
    own: tuple[int, ...] = (200,)
    finds: tuple[Role, ...] | None = None


def meeting(house: House) -> dict[str, Any]:
    """The cast's meeting."""
    return {"pk": house.meeting().pk}


def sitting(house: House) -> dict[str, Any]:
    """The cast's sitting."""
    found = house.meeting()
    return {"pk": found.pk, "sitting_pk": found.gathering.sittings.get().pk}


def theme(house: House) -> dict[str, Any]:
    """A theme of the tenant, made for the test."""
    today = clock.today()
    found = Theme.objects.filter(tenant=house.tenant).first() or Theme.objects.create(
        tenant=house.tenant, unit=house.unit("党委"), title="亮身份、担使命", starts_on=today, plan_by_on=today,
        ends_on=today, record_by_on=today, fields=["ideology"], forms=["seminar"], created_at=clock.now(),
        state="issued",
    )  # fmt: skip
    return {"pk": found.pk}


def theme_plan(house: House) -> dict[str, Any]:
    """The theme and a branch."""
    return theme(house) | {"unit_pk": house.unit("一支部").pk}


def survey(house: House) -> dict[str, Any]:
    """A survey of the cast's meeting, made for the test; the party office is asked."""
    meeting = house.meeting()
    found = meeting.inquiries.first() or attach_inquiry(
        actor=System(house.tenant.pk), meeting=meeting, role=InquiryRole.NEEDS, text="想学什么？[填空]", anonymous=False,
        now=clock.now(), today=clock.today(),
    )  # fmt: skip
    invite(paper=found.paper, person_ids=[house.person("party_office").pk])
    return {"pk": found.paper_id}


def make_up(house: House) -> dict[str, Any]:
    """A make-up of the cast's meeting, made for the test."""
    who = {"meeting": house.meeting(), "person": house.person("member-1")}
    found = MakeUp.objects.filter(tenant=house.tenant).first() or MakeUp.objects.create(
        tenant=house.tenant, studied_on=clock.today(), content="自学", hours=1, logged_at=clock.now(), **who
    )
    return {"pk": found.pk}


def take(house: House) -> dict[str, Any]:
    """A place of the cast's meeting."""
    return {"pk": house.meeting().pk, "sitting_pk": house.meeting().gathering.sittings.get().pk}


def give_back(house: House) -> dict[str, Any]:
    """A registration that does not exist."""
    return {"pk": house.meeting().pk, "registration_pk": 10**9}


def person(house: House) -> dict[str, Any]:
    """A member of the first branch."""
    return {"pk": house.person("member-1").pk}


def unit(name: str) -> Fill:
    """A unit by name."""
    return lambda house: {"pk": house.unit(name).pk}


def role_holding(house: House) -> dict[str, Any]:
    """A role that may be ended."""
    return {"pk": Holding.objects.filter(person=house.person("staff")).get().pk}


def roster(house: House) -> dict[str, Any]:
    """An import of the tenant, made for the test."""
    run = RosterImport.objects.filter(tenant=house.tenant).first() or RosterImport.objects.create(
        tenant=house.tenant, filename="花名册.xlsx", roster_on=BEGAN, created_at=clock.now(), state="done"
    )
    return {"pk": run.pk}


def event(house: House) -> dict[str, Any]:
    """An audit event of the tenant."""
    return {
        "pk": AuditEvent.objects.filter(tenant=house.tenant).order_by("id").values_list("pk", flat=True)[0]
    }


def holiday(house: House) -> dict[str, Any]:
    """A holiday; the table belongs to all tenants."""
    return {"pk": Holiday.objects.order_by("pk").values_list("pk", flat=True)[0]}


def stored_file(house: House) -> dict[str, Any]:
    """A file that belongs to nothing the visitor may read."""
    return {"pk": 10**9}


THEME_SETTERS = (Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY)
BRANCH_READERS = (*RUNNERS, Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER)
SECURITY = (Role.SECURITY_ADMIN, Role.AUDITOR)
SYSTEM = (Role.SYSTEM_ADMIN,)

EDITORS = (Role.EDITOR, Role.PUBLICITY_OFFICE)
MODERATORS = (Role.MODERATOR, Role.PUBLICITY_OFFICE)
DESK = (*EDITORS, Role.PARTY_OFFICE)
PRIVACY = (Role.HR_OFFICE, Role.PARTY_OFFICE, Role.CERTIFICATE_REVIEWER)
CULTURE = (Role.PUBLICITY_OFFICE, Role.LEAGUE_OFFICER, Role.PARTY_OFFICE)

TABLE: dict[str, Address] = {
    "home": Address(ALL),
    "search": Address(ALL),
    "inbox": Address(ALL),
    "settings": Address(ALL),
    "file": Address(ALL, stored_file, finds=()),
    "session-end": Address(ALL, stored_file, own=(405,)),
    "activation-codes": Address(KEEPERS),
    "partydays:meetings": Address(ALL),
    "partydays:new": Address(RUNNERS),
    "partydays:meeting": Address(ALL, meeting),
    "partydays:later": Address(RUNNERS),
    "partydays:open": Address(ALL),
    "partydays:calendar": Address(ALL),
    "partydays:hours": Address(BRANCH_READERS),
    "partydays:make-ups": Address(BRANCH_READERS),
    "partydays:make-up-judge": Address(RUNNERS, make_up, own=(405,)),
    "partydays:make-up": Address(ALL, meeting, own=(405,)),
    "partydays:evaluation": Address(BRANCH_READERS),
    "partydays:nominations": Address(BRANCH_READERS),
    "partydays:nominate": Address(RUNNERS, meeting, own=(405,)),
    "partydays:themes": Address(BRANCH_READERS),
    "partydays:theme": Address(BRANCH_READERS, theme),
    "partydays:theme-new": Address(THEME_SETTERS),
    "partydays:theme-edit": Address(THEME_SETTERS, theme),
    "partydays:theme-act": Address(THEME_SETTERS, theme, own=(405,)),
    "partydays:theme-materials": Address(THEME_SETTERS, theme, own=(405,)),
    "partydays:theme-plan": Address(RUNNERS, theme_plan, own=(405,)),
    "partydays:survey": Address(ALL, survey),
    "partydays:survey-results": Address(BRANCH_READERS, survey),
    "partydays:survey-remind": Address(RUNNERS, survey, own=(405,)),
    "partydays:survey-set": Address(RUNNERS, lambda house: meeting(house) | {"role": "after"}),
    "partydays:gaps": Address(BRANCH_READERS, unit("一支部")),
    "partydays:book": Address(BRANCH_READERS, lambda house: unit("一支部")(house) | {"year": clock.today().year}),
    "partydays:minutes-word": Address(BRANCH_READERS, meeting),
    "partydays:sheet": Address(BRANCH_READERS, meeting),
    "partydays:materials": Address(RUNNERS, meeting, own=(405,)),
    "partydays:reflection": Address(ALL, meeting, own=(405,)),
    "partydays:change": Address(RUNNERS, meeting),
    "partydays:people": Address(RUNNERS, meeting),
    "partydays:training": Address(BRANCH_READERS),
    "partydays:places": Address(ALL, meeting),
    "partydays:take-place": Address(ALL, take, own=(405,)),
    "partydays:give-back": Address(ALL, give_back, own=(405,)),
    "partydays:leave": Address(ALL, meeting, own=(405,)),
    "partydays:observers": Address(RUNNERS, meeting, own=(405,)),
    "partydays:guests": Address(RUNNERS, meeting, own=(405,)),
    "partydays:attendance": Address(RUNNERS, meeting),
    "partydays:offline": Address(RUNNERS, meeting),
    "partydays:hand-over": Address(RUNNERS, meeting, own=(405,)),
    "partydays:minutes": Address(RUNNERS, meeting),
    "partydays:confirm": Address(RUNNERS, meeting, own=(405,)),
    "partydays:reopen": Address(RUNNERS, meeting, own=(405,)),
    "partydays:cancel": Address(RUNNERS, meeting, own=(405,)),
    "partydays:screen": Address(RUNNERS, sitting),
    "partydays:screen-code": Address(RUNNERS, sitting),
    "partydays:spoken": Address(ALL),
    "partydays:scanned": Address(ALL, lambda house: {"code": "1.1.1.x"}),
    "culture:study": Address(ALL, culture.an_episode),
    "culture:consents": Address(ALL),
    "culture:answer": Address(ALL, lambda house: {"pk": culture.rows(house).appearance.pk}, own=(405,)),
    "culture:works": Address(CULTURE),
    "culture:work-new": Address(CULTURE),
    "culture:keep-work": Address(CULTURE, culture.a_work),
    "culture:episodes-add": Address(CULTURE, culture.a_work, own=(405,)),
    "culture:appearance-add": Address(CULTURE, culture.a_work, own=(405,)),
    "culture:episode-edit": Address(CULTURE, culture.an_episode),
    "culture:programmes": Address(ALL),
    "culture:programme-new": Address(CULTURE),
    "culture:programme": Address(ALL, culture.a_programme),
    "culture:programme-edit": Address(CULTURE, culture.a_programme),
    "culture:item-add": Address(CULTURE, culture.a_programme, own=(405,)),
    "culture:item-remove": Address(CULTURE, culture.an_item, own=(405,)),
    "culture:cast-add": Address(CULTURE, culture.an_item, own=(405,)),
    "culture:cast-drop": Address(
        CULTURE, lambda house: culture.a_programme(house) | {"member_pk": culture.rows(house).member.pk}, own=(405,)
    ),
    "culture:programme-hold": Address(CULTURE, culture.a_programme, own=(405,)),
    "culture:programme-turn": Address(
        CULTURE, lambda house: culture.a_programme(house) | {"verb": "reopen"}, own=(405,)
    ),
    "culture:pieces": Address(ALL),
    "culture:piece-new": Address(ALL),
    "culture:piece-edit": Address(ALL, culture.a_piece),
    "culture:piece-ask": Address(ALL, culture.a_piece, own=(405,)),
    "culture:piece-review": Address(ALL, culture.a_piece, own=(405,)),
    "culture:piece-turn": Address(CULTURE, lambda house: culture.a_piece(house) | {"verb": "publish"}, own=(405,)),
    "culture:concern-new": Address(CULTURE),
    "culture:concern": Address(CULTURE, lambda house: {"pk": culture.rows(house).concern.pk}),
    "culture:weeks": Address(ALL),
    "culture:week-new": Address(CULTURE),
    "culture:week": Address(ALL, culture.a_week),
    "culture:week-edit": Address(CULTURE, culture.a_week),
    "culture:week-remove": Address(CULTURE, culture.a_week, own=(405,)),
    "privacy:mine": Address(ALL),
    "privacy:data": Address(ALL),
    "privacy:copy": Address(ALL, lambda house: {"form": "json"}, own=(405,)),
    "privacy:text": Address(ALL, privacy.a_text),
    "privacy:answer": Address(ALL, lambda house: privacy.a_text(house) | {"choice": "agree"}, own=(405,)),
    "privacy:ask": Address(ALL, lambda house: {"kind": "delete"}),
    "privacy:request": Address(ALL, privacy.a_request),
    "privacy:withdraw": Address(ALL, privacy.a_request, own=(405,)),
    "privacy:desk": Address(PRIVACY),
    "privacy:work": Address(PRIVACY, privacy.a_request),
    "privacy:extend": Address(PRIVACY, privacy.a_request, own=(405,)),
    "privacy:term": Address(PRIVACY),
    "columns:mine": Address(ALL),
    "columns:subscribe": Address(ALL, portal.of_column, own=(405,)),
    "columns:invited": Address(ALL, portal.token),
    "columns:mark": Address(ALL, portal.in_print, own=(405,)),
    "columns:comment": Address(ALL, portal.in_print, own=(405,)),
    "columns:like-comment": Address(ALL, portal.said, own=(405,)),
    "columns:report": Address(ALL, portal.shown),
    "columns:take-back": Address(ALL, portal.said, own=(405,)),
    "columns:desk": Address(ALL),
    "columns:begin": Address(ALL),
    "columns:work": Address(ALL, portal.at_work),
    "columns:step": Address(ALL, lambda house: portal.at_work(house) | {"verb": "edit"}, own=(405,)),
    "columns:edit": Address(ALL, portal.at_work, own=(200, 302)),
    "columns:keep-typed": Address(ALL, portal.at_work, own=(405,)),
    "columns:drop-typed": Address(ALL, portal.at_work, own=(405,)),
    "columns:upload": Address(ALL, portal.at_work, own=(405,)),
    "columns:remove-file": Address(
        ALL, lambda house: portal.at_work(house) | {"file_pk": portal.rows(house).file.pk}, own=(405,)
    ),
    "columns:revisions": Address(ALL, portal.at_work),
    "columns:restore": Address(ALL, lambda house: portal.at_work(house) | {"revision": 1}, own=(405,)),
    "columns:send": Address(DESK, portal.in_print),
    "columns:word": Address(DESK, portal.in_print),
    "columns:wechat": Address(DESK, portal.in_print),
    "columns:poster": Address(DESK, portal.in_print),
    "columns:statistics": Address(DESK),
    "columns:columns": Address(EDITORS),
    "columns:found": Address(EDITORS),
    "columns:keep": Address(EDITORS, portal.of_column),
    "columns:close": Address(EDITORS, portal.of_column, own=(405,)),
    "columns:editors": Address(EDITORS, portal.of_column, own=(405,)),
    "columns:invite": Address(EDITORS, portal.of_column, own=(405,)),
    "columns:uninvite": Address(EDITORS, lambda house: {"pk": portal.rows(house).invitation.pk}, own=(405,)),
    "columns:queue": Address(MODERATORS),
    "columns:show-many": Address(MODERATORS, own=(405,)),
    "columns:judge": Address(MODERATORS, lambda house: {"pk": portal.rows(house).comment.pk}),
    "columns:words": Address(MODERATORS),
    "columns:remove-word": Address(MODERATORS, lambda house: {"pk": portal.rows(house).word.pk}, own=(405,)),
    "verification:mine": Address(ALL, own=(200, 302)),
    "verification:agreement": Address(ALL),
    "verification:informed": Address(ALL, own=(200, 302)),
    "verification:record": Address(ALL, own=(200, 302)),
    "verification:profile": Address(ALL, own=(200, 302)),
    "verification:certificate": Address(ALL, own=(200, 302)),
    "verification:remove-picture": Address(ALL, verifying.picture, own=(405,)),
    "verification:take-back": Address(ALL, own=(405,)),
    "verification:last": Address(ALL),
    "verification:appeal": Address(ALL, own=(200, 302)),
    "verification:consents": Address(ALL),
    "verification:withdraw": Address(ALL, own=(405,)),
    "verification:texts": Address(verifying.KEEPERS),
    "verification:publish": Address(verifying.KEEPERS, lambda house: {"kind": "privacy_policy"}),
    "verification:forms": Address(verifying.BUILDERS),
    "verification:form-new": Address(verifying.BUILDERS),
    "verification:form": Address(verifying.BUILDERS, verifying.form),
    "verification:form-act": Address(
        verifying.BUILDERS, lambda house: verifying.form(house) | {"verb": "close"}, own=(405,)
    ),
    "verification:results": Address(verifying.BUILDERS, verifying.form),
    "verification:answer": Address(ALL, verifying.form),
    "verification:desk": Address(verifying.REVIEWERS),
    "verification:claim-next": Address(verifying.REVIEWERS, own=(405,)),
    "verification:release-all": Address(verifying.REVIEWERS, own=(405,)),
    "verification:queue": Address(verifying.REVIEWERS),
    "verification:claim-many": Address(verifying.REVIEWERS, own=(405,)),
    "verification:decided": Address(verifying.REVIEWERS),
    "verification:service": Address(verifying.REVIEWERS),
    "verification:templates": Address(verifying.REVIEWERS),
    "verification:remove-template": Address(verifying.REVIEWERS, verifying.template, own=(405,)),
    "verification:case": Address(verifying.REVIEWERS, verifying.submission),
    "verification:release": Address(verifying.REVIEWERS, verifying.submission, own=(405,)),
    "verification:decide": Address(verifying.REVIEWERS, verifying.submission, own=(405,)),
    "membership:board": Address(development.READERS),
    "membership:cases": Address(development.READERS),
    "membership:due": Address(development.READERS),
    "membership:late": Address(development.READERS),
    "membership:ready": Address(development.READERS),
    "membership:people": Address(development.READERS, own=(200, 404)),
    "membership:new": Address(development.DOERS),
    "membership:mine": Address(ALL),
    "membership:apply": Address(ALL),
    "membership:report": Address(ALL, own=(200, 302)),
    "membership:convert": Address(ALL, own=(302,)),
    "membership:withdraw": Address(ALL, own=(405,)),
    "membership:case": Address(development.READERS, development.case),
    "membership:do": Address(development.DOERS, lambda house: development.case(house) | {"step": "initial_talk"}),
    "membership:correct": Address(development.DOERS, development.record),
    "membership:life": Address(development.DOERS, development.case),
    "membership:reports": Address(development.READERS, development.case),
    "membership:training": Address((Role.PARTY_OFFICE,), development.case),
    "membership:review": Address(development.REVIEWERS, development.case),
    "membership:funnel": Address(development.READERS),
    "membership:plan": Address((Role.PARTY_OFFICE,)),
    "membership:approvals": Address((Role.PARTY_OFFICE,)),
    "membership:special-rules": Address((Role.PARTY_OFFICE,)),
    "membership:contacts": Address(ALL),
    "membership:contact-new": Address(development.DOERS),
    "membership:contact": Address(ALL, development.contact),
    "membership:letters": Address(development.READERS),
    "membership:letter-new": Address(development.DOERS),
    "membership:letter": Address(development.READERS, development.letter),
    "membership:kits": Address(development.READERS),
    "membership:kit-new": Address(development.DOERS),
    "membership:kit": Address(development.READERS, development.kit),
    "membership:kit-attendance": Address(development.DOERS, development.kit, own=(405,)),
    "membership:kit-online": Address((Role.PARTY_OFFICE,), development.kit, own=(405,)),
    "membership:resolution": Address(development.READERS, development.candidate),
    "membership:documents": Address(development.READERS, development.case),
    "membership:document": Address(development.READERS, lambda house: development.case(house) | {"form": "talk_record"}),
    "membership:document-pack": Address(development.READERS, development.case),
    "membership:document-issue": Address(
        development.DOERS, lambda house: development.case(house) | {"form": "activist_filing"}, own=(405,)
    ),
    "membership:numbers": Address(development.READERS),
    "membership:register": Address(development.READERS),
    "membership:feeds": Address(ALL),
    "membership:figures": Address(development.READERS),
    "membership:numbers-names": Address(development.READERS),
    "membership:highly-educated": Address((Role.PARTY_OFFICE,), own=(405,)),
    "membership:document-batch": Address(development.READERS, own=(404,)),
    "membership:number": Address(development.READERS, development.document),
    "membership:templates": Address((Role.PARTY_OFFICE,)),
    "membership:template": Address((Role.PARTY_OFFICE,), lambda house: {"form": "talk_record"}),
    "membership:template-file": Address((Role.PARTY_OFFICE,), lambda house: {"form": "talk_record"}),
    "membership:series-word": Address((Role.PARTY_OFFICE,), development.series, own=(405,)),
    "membership:books": Address((Role.PARTY_OFFICE,)),
    "membership:books-new": Address((Role.PARTY_OFFICE,)),
    "membership:book": Address((Role.PARTY_OFFICE,), development.book),
    "units:roster": Address(KEEPERS),
    "units:roster-template": Address(KEEPERS),
    "units:roster-export": Address(KEEPERS),
    "units:roster-run": Address(KEEPERS, roster),
    "units:roster-progress": Address(KEEPERS, roster),
    "units:roster-marked": Address(KEEPERS, roster, own=(302,)),
    "units:roster-import": Address(KEEPERS, roster, own=(405,)),
    "units:roster-undo": Address(KEEPERS, roster, own=(405,)),
    "access:roles": Address(SECURITY),
    "access:offices": Address(SECURITY),
    "access:matrix": Address(SECURITY),
    "access:grant": Address((Role.SECURITY_ADMIN,)),
    "access:grant-to": Address((Role.SECURITY_ADMIN,), lambda house: {"person_pk": house.person("member-1").pk}),
    "access:end": Address((Role.SECURITY_ADMIN,), role_holding),
    "access:audit": Address((Role.AUDITOR,)),
    "access:event": Address((Role.AUDITOR,), event),
    "access:holidays": Address((Role.SYSTEM_ADMIN, Role.PARTY_OFFICE)),
    "access:holiday-new": Address(SYSTEM),
    "access:holiday-import": Address(SYSTEM),
    "access:holiday": Address(SYSTEM, holiday),
    "access:holiday-delete": Address(SYSTEM, holiday),
    "directory:people": Address(READERS),
    "directory:person": Address(ALL, person),
    "directory:me": Address(ALL),
    "directory:units": Address(ALL),
    "directory:unit": Address(ALL, unit("一支部")),
    "directory:branches": Address(BRANCH_READERS),
    "directory:branch": Address(BRANCH_READERS, unit("一支部")),
    "directory:attendance": Address(BRANCH_READERS, unit("一支部")),
    "directory:attendance-lines": Address(BRANCH_READERS, unit("一支部")),
    "directory:ledger": Address(ALL),
}  # fmt: skip
# Everyone's, and only in a demonstration: no tenant's row is behind them before an account is chosen.
PUBLIC = {
    "activate", "partydays:feed", "membership:feed", "demonstration", "demonstration-enter", "demonstration-date", "ui:gallery", "ui:list", "ui:form",
    "ui:paper", "ui:plain", "ui:refused", "ui:progress",
    # What is public in the portal: the queries show public rows, and the database no others (test_portal_walls).
    "columns:home", "columns:search", "columns:feed", "columns:column", "columns:column-feed", "columns:article",
    "culture:exhibition", "culture:work", "culture:health", "culture:piece",
    "columns:comments", "columns:replies", "columns:file", "columns:articles-json", "columns:article-json",
    "verification:join", "verification:join-code", "verification:text",
}  # fmt: skip
SHARED = {"columns:invited", "access:holiday", "access:holiday-delete", "partydays:scanned", "file"}
LIBRARIES = ("account_", "mfa_", "socialaccount_", "openid_connect_", "usersessions_")
