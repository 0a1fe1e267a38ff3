"""The words of a case, by the names of `fields`: nothing is typed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.judging import stands
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import facts_of
from rongpei.kernel.procedures.votes import Ballots, resolution
from rongpei.org.people.codes import FactKind, PositionType
from rongpei.org.people.models import Fact
from rongpei.pipelines.membership.codes import PaperState
from rongpei.pipelines.membership.deciding import decided_words, resolution_words
from rongpei.pipelines.membership.documents.lists import lists_of, reviewed
from rongpei.pipelines.membership.documents.numbering import committee_above
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.documents.templates import own_templates
from rongpei.pipelines.membership.documents.told import FROM_STEPS, NUMBER_OF, VOTES
from rongpei.pipelines.membership.models import FormTemplate, IssuedDocument, OfficeDetails
from rongpei.pipelines.membership.preparing import training_entries
from rongpei.pipelines.membership.queries import people_named
from rongpei.pipelines.membership.statutes import MEMBERSHIP, terms
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.pipelines.membership.statutes.cultivation import listed_on
from rongpei.pipelines.membership.statutes.probation import CONVERSION, CONVERSION_APPROVAL, is_converted
from rongpei.pipelines.membership.telling import told_of, words_of

_HELD = {
    FactKind.EDUCATION: "学历", FactKind.DEGREE: "学位", FactKind.TITLE: "职称", FactKind.POST: "职务",
    FactKind.POSITION_TYPE: "岗位类别",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """The number a document is about to bear."""

    shown: str
    on: date


class CaseWords:
    """Everything the forms of one case may say; asked once for all of them."""

    def __init__(self, case: Case, today: date) -> None:
        self.case, self.today = case, today

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.case, self.today)

    @cached_property
    def details(self) -> OfficeDetails:
        return OfficeDetails.objects.filter(tenant_id=self.case.tenant_id).first() or OfficeDetails()

    @cached_property
    def committee(self) -> str:
        """The committee's full name: 中共……委员会."""
        found = committee_above(self.case.unit)
        name = found.name if found else ""
        return f"中共{name.removesuffix('党委')}委员会" if name.endswith("党委") else name

    @cached_property
    def documents(self) -> dict[str, IssuedDocument]:
        """Valid numbered documents of the case, by form."""
        rows = IssuedDocument.objects.filter(case=self.case, state=PaperState.ISSUED)
        return {row.form: row for row in rows}

    @property
    def numbers(self) -> dict[str, Number]:
        """文号 already given to forms of the case."""
        return {code: Number(row.shown, row.issued_on) for code, row in self.documents.items()}

    @cached_property
    def own(self) -> dict[str, FormTemplate]:
        """The office's own templates, by form."""
        return own_templates(self.case.tenant_id)

    @cached_property
    def _held(self) -> list[tuple[str, str, date]]:
        rows = Fact.objects.filter(person=self.case.person, kind__in=list(_HELD), superseded_at=None)
        return list(rows.order_by("starts_on").values_list("kind", "value", "starts_on"))

    def done_on(self, form: WordForm) -> date | None:
        """The day of the form's step, if it was done."""
        done = self.facts.last(form.step)
        return done.on if done else None

    def of(self, form: WordForm, *, secret: bool, number: Number | None = None) -> dict[str, Any]:
        """`{placeholder: text, or list of lines}` of one form; secret ones only for those entitled."""
        number = number or self.numbers.get(form.code)
        on = number.on if number else self.done_on(form)
        words: dict[str, Any] = {
            **self._steps,
            **self._decided,
            **self._lists,
            **self._person(on or self.today),
        }
        words |= {
            "单位名称": self.case.tenant.name, "党委": self.committee, "党支部": self.case.unit.name,
            "受理电话": self.details.phone, "受理信箱": self.details.mailbox, "受理地点": self.details.place,
            "签发人": self.details.signer, "文号": number.shown if number else "",
            "成文日期": day_full(on) if on else "",
        }  # fmt: skip
        words |= {name: self.numbers[code].shown for name, code in NUMBER_OF.items() if code in self.numbers}
        return words | (reviewed(self.case, self.facts) if secret and form.secret else {})

    def _person(self, on: date) -> dict[str, str]:
        """The person, with title, degree and post as they were on the day."""
        person = self.case.person
        if person is None:
            return {}
        held = {_HELD[FactKind(kind)]: value for kind, value, since in self._held if since <= on}
        place = getattr(person, "place", None)
        position = held.get("岗位类别", person.position_type)
        title = held.get("职称", person.title)
        return {
            "学历": person.education, "学位": person.degree, "职务": person.post, **held,
            "职称": title, "岗位类别": str(dict(PositionType.choices).get(position, position)),
            "学位或职称": held.get("学位", person.degree) or title,
            "姓名": person.name, "性别": str(person.get_sex_display()), "民族": person.ethnicity,
            "籍贯": person.native_place, "出生日期": _day(person.born_on), "毕业院校及专业": person.school,
            "参加工作时间": _day(person.work_started_on), "联系电话": person.phone, "工号": person.staff_number,
            "科室": place.department.name if place and place.department else "",
        }  # fmt: skip

    @cached_property
    def _names(self) -> dict[int, str]:
        return people_named([done.data for done in self.facts.done])

    @cached_property
    def _steps(self) -> dict[str, str]:
        """What was told at the steps, by `told.FROM_STEPS`."""
        found: dict[str, str] = {}
        for name, (step, key) in FROM_STEPS.items():
            done = self.facts.last(step)
            found[name] = self._said(done, key) if done else ""
        for prefix, step in VOTES.items():
            found |= self._votes(prefix, self.facts.last(step))
        return found

    def _said(self, done: Done, key: str) -> str:
        if key == "on":
            return day_full(done.on)
        value = done.data.get(key)
        told = next((one for one in told_of(done.step) if one.key == key), None)
        if value in (None, "", []) or told is None:
            return ""
        return words_of(told, value, self._names)

    def _votes(self, prefix: str, done: Done | None) -> dict[str, str]:
        if done is None:
            return {}
        ballots = _ballots(done.data)
        result = resolution(ballots)
        counted = {
            "应到人数": ballots.eligible, "实到人数": ballots.present, "发出票": ballots.issued, "收回票": ballots.returned,
            "有效票": ballots.valid, "同意票": ballots.yes, "反对票": ballots.no, "弃权票": ballots.abstain,
            "书面同意": ballots.written_yes, "书面反对": ballots.written_no, "赞成合计": result.yes_total,
        }  # fmt: skip
        found = {f"{prefix}{name}": "" if value is None else str(value) for name, value in counted.items()}
        if ballots.eligible is not None:
            found[f"{prefix}半数"] = _("至少 %(n)d 票") % {"n": ballots.eligible // 2 + 1}
        if result.carried is not None:
            carried = result.carried and result.quorate is not False
            found[f"{prefix}表决结果"] = _("通过") if carried else _("没有通过")
        return found

    @cached_property
    def _decided(self) -> dict[str, str]:
        """Sentences that follow from several steps."""
        facts, name = self.facts, str(self.case.person)
        words: dict[str, str] = {}
        notice = facts.last("committee_consent_and_public_notice")
        if notice is not None and stands(MEMBERSHIP, notice):
            words["列为发展对象日期"] = day_full(listed_on(notice))
            if notice.data.get("ended_on"):
                words["公示结果"] = str(notice.data.get("objections") or _("公示期间没有收到异议。"))
        if facts.last("political_review") is not None:
            words["政审情况"] = _("已按规定进行，结论见政治审查材料")
        entries = training_entries(self.case, self.today)
        if entries:
            words["培训天数"] = str(len({one.occurred_on for one in entries}))
            words["培训学时"] = f"{sum(one.class_hours for one in entries):g}"
        for prefix, step in (("", MEETING), ("转正", CONVERSION)):
            held = facts.last(step)
            if held is not None:
                words |= self._meeting(prefix, held, name)
        return words | self._approved(name) | self._probation()

    def _meeting(self, prefix: str, held: Done, name: str) -> dict[str, str]:
        admission, outcome = prefix == "", str(held.data.get("outcome") or "")
        text = resolution_words(
            name=name, applied_on=self.case.opened_on, performance=str(held.data.get("performance") or ""),
            admission=admission, held_on=held.on, ballots=_ballots(held.data), outcome=outcome,
        )  # fmt: skip
        found = {f"{prefix}大会决议": "\n　　".join(text)}
        if not admission:
            found["转正表决事项"] = {"extend": _("延长预备期"), "cancel": _("取消预备党员资格")}.get(
                outcome, _("转为中共正式党员")
            )
            decided = decided_words(name, admission=False, outcome=outcome).rstrip("。")
            carried = self._steps.get("转正表决结果") == _("通过")
            found["转正表决结果"] = decided if carried else _("没有通过")
        return found

    def _approved(self, name: str) -> dict[str, str]:
        facts, found = self.facts, {}
        admitted = facts.last(APPROVAL)
        if admitted is not None:
            agreed = admitted.data.get("approved") is not False
            what = decided_words(name, admission=True).rstrip("。")
            term = self._probation()
            if agreed and term:
                what += _("，预备期自%(began)s起至%(ended)s止") % {
                    "began": term["预备期起"],
                    "ended": term["预备期止"],
                }
            found["审批决定"] = what if agreed else what.replace(_("同意"), _("不同意"), 1)
            found["审批要求"] = (
                _(
                    "请将审批结果通知本人，在支部大会上宣布，及时将其编入党支部和党小组，组织入党宣誓，并继续做好教育考察工作。"
                )
                if agreed
                else _("请将审批结果通知本人，并在支部大会上宣布，做好思想工作。")
            )
        converted = facts.last(CONVERSION_APPROVAL)
        if converted is not None:
            meeting = facts.last(CONVERSION)
            outcome = str(meeting.data.get("outcome") or "") if meeting else ""
            agreed = converted.data.get("approved") is not False
            decided = decided_words(name, admission=False, outcome=outcome).rstrip("。")
            found["转正审批决定"] = decided if agreed else decided.replace(_("同意"), _("不同意"), 1)
        return found

    def _probation(self) -> dict[str, str]:
        facts = self.facts
        began, due = terms.probation_began_on(facts), terms.probation_due_on(facts)
        if began is None or due is None:
            return {}
        last = due - timedelta(days=1) if self.details.day_before else due
        found = {"预备期起": day_full(began), "预备期止": day_full(last)}
        if is_converted(facts):
            found["转正日期"] = day_full(due)
        return found

    @cached_property
    def _lists(self) -> Mapping[str, Any]:
        return lists_of(self.case, self.facts, self.today)


def _ballots(data: Mapping[str, Any]) -> Ballots:
    names = Ballots.__dataclass_fields__
    return Ballots(**{name: data[name] for name in names if isinstance(data.get(name), int)})


def _day(on: date | None) -> str:
    return day_full(on) if on else ""
