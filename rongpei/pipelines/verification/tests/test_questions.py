"""Question forms: conditions, versions, audience, answered once and editable, results."""

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.papers.drafting import as_text, parse
from rongpei.kernel.papers.models import Paper, Sheet
from rongpei.kernel.papers.results import results_of, rows_of
from rongpei.pipelines.verification import actions, asked
from rongpei.pipelines.verification.tests import samples

TEXT = """您在哪一级医院工作？[单选]
- 三级
- 基层
为什么不看专栏？[填空][当第1题选“基层”]
常看哪些？[多选][选填]
- 论坛
- 其他
写出其他[填空][当第3题选“其他”]
哪天开始看的？[日期][选填]"""


@pytest.fixture
def house(cast):
    with scope([cast.operator.tenant.pk]):
        yield cast.operator


def opened(house, **values):
    given = {
        "title": "阅读习惯",
        "intro": "",
        "purpose": "collect",
        "audience": "everyone",
        "profession": "",
        "text": TEXT,
    } | values
    system, now = System(house.tenant.pk), clock.now()
    form = actions.begin_form(actor=system, tenant_id=house.tenant.pk, values=given, now=now)
    return actions.open_form(actor=system, form=form, today=clock.today(), now=now), given


def say(house, form, answers, number="outside_hcp"):
    form.refresh_from_db()
    return actions.answer_form(actor=house.actor(number), form=form, answers=answers, today=clock.today())


def test_a_condition_asks_only_those_who_chose_it(house):
    form, _values = opened(house)
    with pytest.raises(Refused, match="第 2 题"):
        say(house, form, {"1": 1})
    assert say(house, form, {"1": 1, "2": "太忙"}).answers == {"1": 1, "2": "太忙"}
    # What is not asked is not kept, whatever was sent.
    assert say(house, form, {"1": 0, "2": "太忙", "5": "2026-03-01"}).answers == {"1": 0, "5": "2026-03-01"}
    with pytest.raises(Refused, match="第 5 题"):
        say(house, form, {"1": 0, "5": "2026-02-30"})
    assert Sheet.objects.filter(paper=form.paper).count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "甲[填空][当第2题选“是”]\n乙[单选]\n- 是\n- 否",
        "甲[单选]\n- 是\n- 否\n乙[填空][当第1题选“也许”]",
        "甲[填空][当第1题选“是”]",
    ],
)
def test_a_condition_that_rests_on_nothing_is_refused(house, text):
    with pytest.raises(Refused):
        opened(house, text=text)


def test_a_condition_is_written_back_as_it_was_typed(house):
    form, _values = opened(house)
    written = as_text(list(form.paper.questions.order_by("number")))
    assert [one.condition for one in parse(written)] == [one.condition for one in parse(TEXT)]


def test_a_change_after_answers_begins_a_version_and_the_old_one_keeps_its_own(house):
    form, values = opened(house)
    first = form.paper
    system = System(house.tenant.pk)
    given = {"actor": system, "today": clock.today(), "now": clock.now()}
    form = actions.save_form(
        **given, form=form, values=values | {"text": TEXT + "\n还有建议吗？[填空][选填]"}
    )
    assert (form.version, form.paper) == (1, first)
    say(house, form, {"1": 0})
    form = actions.save_form(
        **given,
        form=form,
        values=values | {"text": "您在哪一级医院工作？[单选]\n- 三级\n- 基层\n几篇？[数字]"},
    )
    assert form.version == 2
    assert Sheet.objects.get(paper=first).answers == {"1": 0}
    assert asked.earlier_answers(form, house.person("outside_hcp").pk) == {"1": 0}
    say(house, form, {"1": 0, "2": 3})
    assert Paper.objects.filter(owner_kind="verification.form", owner_id=form.pk).count() == 2
    assert list(rows_of(form.paper))[1][2] == 3
    assert results_of(form.paper)[0].choices[0].count == 1


def test_the_audience(house):
    verified, _values = opened(house, title="只问医师", audience="verified", profession="doctor")
    with pytest.raises(Forbidden):
        say(house, verified, {"1": 0})
    samples.decided(samples.submitted(house), passed=True, reviewer=house.actor("certificate_reviewer"))
    assert say(house, verified, {"1": 0})
    nurses, _values = opened(house, title="只问护士", audience="verified", profession="nurse")
    with pytest.raises(Forbidden):
        say(house, nurses, {"1": 0})
    assert [one.title for one in asked.forms_asking(house.actor("outside_hcp"), clock.today())] == [
        "只问医师"
    ]


def test_one_form_of_the_flow_at_a_time(house):
    form, _values = opened(house, purpose="profile", audience="applicants")
    with pytest.raises(Refused):
        opened(house, title="又一份", purpose="profile", audience="applicants")
    actions.close_form(actor=System(house.tenant.pk), form=form, now=clock.now())
    opened(house, title="又一份", purpose="profile", audience="applicants")


def test_only_the_operators_own_build(house):
    with pytest.raises(Forbidden):
        actions.begin_form(
            actor=house.actor("moderator"), tenant_id=house.tenant.pk, values={"text": TEXT}, now=clock.now()
        )


def test_forms_that_ask_somebody_are_found_in_one_statement(house, django_assert_num_queries):
    for title in ("甲", "乙", "丙"):
        form, _values = opened(house, title=title)
    say(house, form, {"1": 0})
    actor, today = house.actor("outside_hcp"), clock.today()
    with django_assert_num_queries(1):
        found = [(one.title, one.done) for one in asked.forms_asking(actor, today)]
    assert found == [("丙", True), ("乙", False), ("甲", False)]
