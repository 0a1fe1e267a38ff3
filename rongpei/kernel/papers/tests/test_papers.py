"""Questionnaires: written as text, answered once, honest about names."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.utils import IntegrityError

from contracts.cast import Cast
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.papers import answering, drafting, results
from rongpei.kernel.papers.codes import QuestionKind
from rongpei.kernel.papers.forms import AnswerForm
from rongpei.kernel.papers.models import Paper, Question, Sheet

TEXT = """
1. 您最想练什么？[多选]
- 穿脱防护用品
- 心肺复苏
2. 这次党日的安排合适吗？[打分]
3、手卫生有几个时刻？
A. 三个
B. 五个 *
还有什么建议？[填空][选填]
"""


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _paper(cast: Cast, *, anonymous: bool = False, text: str = TEXT) -> Paper:
    paper = drafting.make_paper(
        tenant_id=cast.h1.tenant.pk, title="问卷", text=text, owner_kind="t", owner_id=1, opens_on=clock.today(),
        now=clock.now(), anonymous=anonymous, closes_on=clock.today(),
    )  # fmt: skip
    drafting.invite(paper=paper, person_ids=[cast.h1.person(f"member-{n}").pk for n in range(1, 7)])
    return paper


def _answer(cast: Cast, paper: Paper, number: str, **answers: object) -> Sheet:
    given = {"1": [0], "2": 4, "3": 1} | {key[1:]: value for key, value in answers.items()}
    return answering.hand_in(
        paper=paper, person_id=cast.h1.person(number).pk, answers=given, on=clock.today()
    )


def test_text_becomes_questions_and_text_again() -> None:
    drafts = drafting.parse(TEXT)
    assert [draft.settled for draft in drafts] == [
        QuestionKind.MULTIPLE, QuestionKind.SCALE, QuestionKind.SINGLE, QuestionKind.TEXT,
    ]  # fmt: skip
    assert (drafts[2].text, drafts[2].right, drafts[3].required) == ("手卫生有几个时刻？", [1], False)


def test_questions_survive_the_way_to_text_and_back(inside: Cast) -> None:
    paper = _paper(inside)
    again = drafting.parse(drafting.as_text(list(paper.questions.order_by("number"))))
    assert [(one.text, one.settled, one.options, one.right, one.required) for one in again] == [
        (one.text, one.settled, one.options, one.right, one.required) for one in drafting.parse(TEXT)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("- 甲", "第 1 行是选项"), ("题[单选]\n- 甲", "至少要有两个选项"), ("", "至少写一道题"), ("题[打分]\n- 甲\n- 乙", "不是选择题"),
     ("题[单选]\n- 甲*\n- 乙*", "只能标一个")],
)  # fmt: skip
def test_faulty_text_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        drafting.parse(text)


def test_a_named_answer_may_be_changed_and_counts_once(inside: Cast) -> None:
    paper = _paper(inside)
    _answer(inside, paper, "member-1")
    sheet = _answer(inside, paper, "member-1", q2=5, q3=0)
    assert (paper.sheets.count(), sheet.mean, sheet.score) == (1, Decimal(5), Decimal(0))


def test_an_answer_without_names_carries_no_person_and_is_final(inside: Cast) -> None:
    paper = _paper(inside, anonymous=True)
    assert _answer(inside, paper, "member-1").person_id is None
    with pytest.raises(Refused, match="已经答过"):
        _answer(inside, paper, "member-1")


def test_results_without_names_wait_for_five_answers(inside: Cast) -> None:
    paper = _paper(inside, anonymous=True)
    for number in range(1, 5):
        _answer(inside, paper, f"member-{number}")
    assert results.results_of(paper) == []
    assert results.summaries_of([paper.pk])[paper.pk].mean is None
    assert len(list(results.rows_of(paper))) == 1
    _answer(inside, paper, "member-5", q1=[0, 1], q2=2, q3=0)
    found = results.results_of(paper)
    assert [(one.text, one.count, one.percent) for one in found[0].choices] == [
        ("穿脱防护用品", 5, 100), ("心肺复苏", 1, 20),
    ]  # fmt: skip
    assert found[1].mean == pytest.approx(3.6)
    summary = results.summaries_of([paper.pk])[paper.pk]
    assert (summary.asked, summary.answered, summary.share, summary.score) == (6, 5, 83, Decimal(80))


@pytest.mark.parametrize("bad", [{"q1": [7]}, {"q2": 6}, {"q3": "五个"}, {"q2": None}])
def test_answers_that_are_none_are_refused(inside: Cast, bad: dict[str, object]) -> None:
    paper = _paper(inside)
    with pytest.raises(Refused, match="第 . 题"):
        _answer(inside, paper, "member-1", **bad)
    assert not paper.sheets.exists()


def test_only_those_asked_and_only_in_time(inside: Cast) -> None:
    paper = _paper(inside)
    with pytest.raises(Refused, match="没有请您"):
        _answer(inside, paper, "staff")
    late = clock.today() + timedelta(days=1)
    with pytest.raises(Refused, match="不能作答"):
        answering.hand_in(paper=paper, person_id=inside.h1.person("member-1").pk, answers={}, on=late)


def test_the_database_itself_keeps_one_named_sheet(inside: Cast) -> None:
    paper = _paper(inside)
    sheet = _answer(inside, paper, "member-1")
    with pytest.raises(IntegrityError):
        Sheet.objects.create(tenant_id=paper.tenant_id, paper=paper, person_id=sheet.person_id)


def test_questions_stand_once_answered(inside: Cast) -> None:
    paper = _paper(inside)
    drafting.rewrite(paper=paper, text="只有一题？[填空]")
    answering.hand_in(
        paper=paper, person_id=inside.h1.person("member-1").pk, answers={"1": "好"}, on=clock.today()
    )
    with pytest.raises(Refused, match="已经有人作答"):
        drafting.rewrite(paper=paper, text=TEXT)


def test_the_form_gives_what_the_questions_take(inside: Cast) -> None:
    questions = list(_paper(inside).questions.order_by("number"))
    form = AnswerForm({"q1": ["0", "1"], "q2": "3", "q3": "1", "q4": ""}, questions=questions)
    assert form.is_valid()
    assert form.answers() == {"1": [0, 1], "2": 3, "3": 1, "4": None}
    assert not AnswerForm({"q1": ["0"]}, questions=questions).is_valid()


def test_numbers_are_told_by_their_least_middle_and_greatest() -> None:
    found = results._found(Question(kind=QuestionKind.NUMBER), [7, 1, 3])
    assert (found.spread, found.mean) == ((1, 3, 7), pytest.approx(11 / 3))
    assert results._found(Question(kind=QuestionKind.NUMBER), []).spread is None
