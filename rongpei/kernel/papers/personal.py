"""Questionnaires and papers answered."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Blank, Erase, Field, Held

_PAPER = Field("paper__title", _("问卷"))

HELD = (
    Held(
        model="papers.Sheet", title=_("答卷"), purpose=_("了解需求和效果"), persons=("person",), ends=Blank({"person": None}),
        fields=(_PAPER, Field("answers", _("回答")), Field("score", _("得分"))),
    ),
    Held(
        model="papers.Invitation", title=_("受邀作答"), purpose=_("提醒作答"), persons=("person",), ends=Erase(),
        fields=(_PAPER, Field("answered", _("已作答"))),
    ),
)  # fmt: skip
