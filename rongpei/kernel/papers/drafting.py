"""Writing a questionnaire as text, the way it is pasted from a document.

    您最想练什么？[多选]
    - 穿脱防护用品
    - 心肺复苏
    这次党日的安排合适吗？[打分]
    手卫生有几个时刻？[单选]
    - 三个
    - 五个 *
    还有什么建议？[填空][选填]

A star marks the right choice of a quiz. Without a kind, a question with choices is single, one without is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.kernel.papers.codes import QuestionKind
from rongpei.kernel.papers.models import Invitation, Paper, Question

_TAG = re.compile(r"[\[【]\s*(单选|多选|打分|数字|填空|选填|必答)\s*[\]】]")
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
    if not found:
        raise Refused(_("请至少写一道题。"))
    if len(found) > LONGEST:
        raise Refused(_("一份问卷最多 %(n)d 道题。") % {"n": LONGEST})
    return found


def _question(line: str) -> Draft:
    tags = _TAG.findall(line)
    kind = next((_KINDS[tag] for tag in tags if tag in _KINDS), None)
    text = _NUMBER.sub("", _TAG.sub("", line)).strip()
    return Draft(text[:300], kind, "选填" not in tags)


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
        lines.append(f"{question.text}[{question.get_kind_display()}]{optional}")
        for number, option in enumerate(question.options):
            lines.append(f"- {option}{' *' if number in question.right else ''}")
    return "\n".join(lines)


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
    Question.objects.bulk_create(
        Question(
            tenant_id=paper.tenant_id, paper=paper, number=number, kind=draft.settled, text=draft.text,
            required=draft.required, options=draft.options, right=draft.right,
        )
        for number, draft in enumerate(drafts, start=1)
    )  # fmt: skip


def invite(*, paper: Paper, person_ids: Sequence[int]) -> int:
    """Ask people; those already asked stay as they are. Return how many are asked now."""
    Invitation.objects.bulk_create(
        [Invitation(tenant_id=paper.tenant_id, paper=paper, person_id=ident) for ident in person_ids],
        ignore_conflicts=True,
    )
    return paper.invitations.count()
