"""The way of an article to print, as data: writer → editor → office → print, with two secrecy checks and four eyes."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.kernel.procedures.declaring import Asked, Demand, Edition, Procedure, Stage, Step, Window
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Fault

CODE = "columns.editorial"
SUBMIT, EDIT, APPROVE, PRINT = "submit", "edit", "approve", "print"
# The house's own rule; the law on secrets asks for a check before anything is made public.
_CUSTOM = {"house": "三审"}
_SECRECY = {"house": "保密审查"}
_DAYS = timedelta(days=3)


def _checked(asked: Asked) -> Iterator[Fault]:
    if not asked.data.get("secrecy_checked"):
        yield Fault(_("还没有做保密审查：公开发布的内容不得涉及国家秘密、工作秘密和患者隐私。"))


def _not_the_writer(asked: Asked) -> Iterator[Fault]:
    person = asked.data.get("person_id")
    if person is not None and person == asked.facts.subject.get("writer_id"):
        yield Fault(_("自己写的文章不能自己编辑通过，请另一位编辑办理。"))


def _another_hand(asked: Asked) -> Iterator[Fault]:
    person, edited = asked.data.get("person_id"), asked.last(EDIT)
    hands = {
        asked.facts.subject.get("writer_id"),
        asked.facts.subject.get("saved_by_id"),
        edited.data.get("person_id") if edited else None,
    }
    if person is not None and person in hands:
        yield Fault(_("写稿或编辑的人不能自己终审，请另一位终审人办理。"))


def _after(step: str) -> Callable[[Facts], Window]:
    def window(facts: Facts) -> Window:
        done = facts.last(step)
        return Window(opens_on=done.on, due_on=done.on + _DAYS) if done else Window()

    return window


_SECRECY_CHECK = Demand("secrecy", _SECRECY, _checked, _lazy("做过保密审查"))

EDITORIAL = Procedure(
    code=CODE,
    label=_lazy("稿件审核"),
    editions=(Edition("house", _lazy("本院稿件管理办法")),),
    stages=(
        Stage("writing", _lazy("写稿")),
        Stage("editing", _lazy("编辑")),
        Stage("approving", _lazy("终审")),
        Stage("printing", _lazy("发布")),
    ),
    steps=(
        Step(SUBMIT, _lazy("提交"), "writing", 1, actor="writer", demands=(_SECRECY_CHECK,)),
        Step(
            EDIT, _lazy("编辑"), "editing", 2, actor="editor", after=(SUBMIT,),
            window=_after(SUBMIT),
            demands=(_SECRECY_CHECK, Demand("not_the_writer", _CUSTOM, _not_the_writer, _lazy("编辑不是作者本人"))),
        ),
        Step(
            APPROVE, _lazy("终审"), "approving", 3, actor="approver", after=(EDIT,),
            window=_after(EDIT),
            demands=(_SECRECY_CHECK, Demand("four_eyes", _CUSTOM, _another_hand, _lazy("终审人没有写过、编过这篇稿"))),
        ),
        Step(
            PRINT, _lazy("发布"), "printing", 4, actor="platform", after=(APPROVE,),
            ends="printed",
        ),
    ),
)  # fmt: skip
