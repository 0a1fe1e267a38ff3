"""Writing a questionnaire as text, the way it is pasted from a document.

    您最想练什么？[多选]
    - 穿脱防护用品
    - 心肺复苏
    这次活动的安排合适吗？[打分]
    手卫生有几个时刻？[单选]
    - 三个
    - 五个 *
    还有什么建议？[填空][选填]
    哪里不合适？[填空][当第2题选“不合适”]

A question after 当第…题选 is asked only of those who chose that (several: 选“甲”或“乙”). A star marks the right choice of a quiz. Without a kind, a question with choices is single, one without is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.kernel.papers.codes import QuestionKind
from rongpei.kernel.papers.models import Invitation, Paper, Question

_TAG = re.compile(r"[\[【]\s*(单选|多选|打分|数字|日期|填空|选填|必答)\s*[\]】]")
_WHEN = re.compile(r"[\[【]\s*当第\s*(?P<number>\d{1,2})\s*题选\s*(?P<options>[^\]】]+?)\s*[\]】]")
_QUOTES = '“”"「」 '
_OPTION = re.compile(r"^(?:[-•·]|[A-Za-z][.、．)）])\s*(?P<text>.+)$")
_NUMBER = re.compile(r"^\d{1,2}[.、．)）]\s*")
_KINDS = {kind.label: kind for kind in QuestionKind}
LONGEST = 60


@dataclass
class Draft:
    """A question being written."""

    text: str
    kind: QuestionKind | None = None
    required: bool = True
    options: list[str] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    when: tuple[int, list[str]] | None = None
    condition: dict[str, Any] = field(default_factory=dict)

    @property
    def settled(self) -> QuestionKind:
        """The kind as written, or what its choices say."""
        if self.kind is not None:
            return self.kind
        if not self.options:
            return QuestionKind.TEXT
        return QuestionKind.MULTIPLE if len(self.right) > 1 else QuestionKind.SINGLE


def parse(text: str) -> list[Draft]:
    """Read questions from text.

    Refuses, with the line, choices before any question, a choice question with fewer than two choices, and too many questions.
    """
    found: list[Draft] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        option = _OPTION.match(line)
        if option is None:
            found.append(_question(line))
        elif found:
            _add_option(found[-1], option["text"].strip())
        else:
            raise Refused(_("第 %(n)d 行是选项，它前面还没有题目。") % {"n": number})
    for number, draft in enumerate(found, start=1):
        _check(number, draft)
        _settle_condition(number, draft, found)
    if not found:
        raise Refused(_("请至少写一道题。"))
    if len(found) > LONGEST:
        raise Refused(_("一份问卷最多 %(n)d 道题。") % {"n": LONGEST})
    return found


def _question(line: str) -> Draft:
    tags, asked = _TAG.findall(line), _WHEN.search(line)
    kind = next((_KINDS[tag] for tag in tags if tag in _KINDS), None)
    text = _NUMBER.sub("", _WHEN.sub("", _TAG.sub("", line))).strip()
    draft = Draft(text[:300], kind, "选填" not in tags)
    if asked is not None:
        options = [one.strip(_QUOTES) for one in re.split(r"[”\"」]\s*或\s*[“\"「]", asked["options"])]
        draft.when = (int(asked["number"]), options)
    return draft


def _settle_condition(number: int, draft: Draft, all_drafts: Sequence[Draft]) -> None:
    """Turn the words of a condition into numbers; the question it rests on comes before and has these choices."""
    if draft.when is None:
        return
    wanted, options = draft.when
    if not 0 < wanted < number:
        raise Refused(_("第 %(n)d 题的条件要引用它前面的题。") % {"n": number})
    there = all_drafts[wanted - 1].options
    missing = [one for one in options if one not in there]
    if missing:
        raise Refused(
            _("第 %(n)d 题的条件里，第 %(m)d 题没有“%(option)s”这个选项。")
            % {"n": number, "m": wanted, "option": missing[0]}
        )
    draft.condition = {"number": wanted, "any": [there.index(one) for one in options]}


def _add_option(draft: Draft, text: str) -> None:
    if text.endswith(("*", "＊", "√")):
        draft.right.append(len(draft.options))
        text = text.rstrip("*＊√ ")
    draft.options.append(text[:120])


def _check(number: int, draft: Draft) -> None:
    if not draft.text:
        raise Refused(_("第 %(n)d 题没有题目。") % {"n": number})
    chooses = draft.settled in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
    if chooses and len(draft.options) < 2:
        raise Refused(
            _("第 %(n)d 题至少要有两个选项。") % {"n": number}, remedy=_("选项各占一行，以“- ”开头。")
        )
    if draft.options and not chooses:
        raise Refused(_("第 %(n)d 题不是选择题，不能有选项。") % {"n": number})
    if draft.settled == QuestionKind.SINGLE and len(draft.right) > 1:
        raise Refused(_("第 %(n)d 题是单选，只能标一个正确答案。") % {"n": number})


def as_text(questions: Sequence[Question]) -> str:
    """Questions back as text, to be changed."""
    lines = []
    for question in questions:
        optional = "" if question.required else "[选填]"
        lines.append(f"{question.text}[{question.get_kind_display()}]{optional}{_told(question, questions)}")
        for number, option in enumerate(question.options):
            lines.append(f"- {option}{' *' if number in question.right else ''}")
    return "\n".join(lines)


def _told(question: Question, questions: Sequence[Question]) -> str:
    """A condition back in words."""
    if not question.condition:
        return ""
    number = question.condition["number"]
    there = next(one.options for one in questions if one.number == number)
    return f"[当第{number}题选{'或'.join(f'“{there[one]}”' for one in question.condition['any'])}]"


def make_paper(
    *, tenant_id: int, title: str, text: str, owner_kind: str, owner_id: int, opens_on: date, now: datetime,
    closes_on: date | None = None, anonymous: bool = False, intro: str = "",
) -> Paper:  # fmt: skip
    """Make a questionnaire from text; nobody is asked yet."""
    drafts = parse(text)
    paper = Paper.objects.create(
        tenant_id=tenant_id, title=title[:120], intro=intro, anonymous=anonymous, opens_on=opens_on,
        closes_on=closes_on, owner_kind=owner_kind, owner_id=owner_id, created_at=now,
    )  # fmt: skip
    _write(paper, drafts)
    return paper


def rewrite(*, paper: Paper, text: str) -> None:
    """Replace the questions.

    Refuses once somebody has answered: answers belong to the questions as they were put.
    """
    drafts = parse(text)
    if paper.sheets.exists():
        raise Refused(_("已经有人作答，不能再改题目。"), remedy=_("请另发一份问卷。"))
    paper.questions.all().delete()
    _write(paper, drafts)


def _write(paper: Paper, drafts: Sequence[Draft]) -> None:
    Question.objects.bulk_create(questions_of(paper, drafts))


def questions_of(paper: Paper, drafts: Sequence[Draft]) -> list[Question]:
    """Drafts as questions of a paper, not stored: for storing them, and for a preview."""
    return [
        Question(
            tenant_id=paper.tenant_id, paper=paper, number=number, kind=draft.settled, text=draft.text,
            required=draft.required, options=draft.options, right=draft.right, condition=draft.condition,
        )
        for number, draft in enumerate(drafts, start=1)
    ]  # fmt: skip


def invite(*, paper: Paper, person_ids: Sequence[int]) -> int:
    """Ask people; those already asked stay as they are. Return how many are asked now."""
    Invitation.objects.bulk_create(
        [Invitation(tenant_id=paper.tenant_id, paper=paper, person_id=ident) for ident in person_ids],
        ignore_conflicts=True,
    )
    return paper.invitations.count()
