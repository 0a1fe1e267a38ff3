"""A question form of the portal and what readers answered."""

import random
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.visit import visit_of
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.models import Credential
from rongpei.pipelines.verification.models.credential import in_force
from rongpei.site.demonstration.accounts import PREFIX
from rongpei.site.demonstration.meetings import at

_QUESTIONS = """您在哪一级医院工作？[单选]
- 三级
- 二级
- 基层
最常看哪些专栏？[多选]
- 医院党建专家论坛
- 医院文化
- 和谐医患故事
- 其他
还想看什么？[填空][当第2题选“其他”]
每周大约看几篇？[数字]
内容对工作有帮助吗？[打分]"""
_OTHERS, _READERS = 3, 12
_WISHES = ("讲讲交接班", "药品说明怎么讲给老人听", "基层转诊的经验", "年轻护士的成长")


def ask_readers(operator: Tenant, chance: random.Random, anchor: date) -> None:
    """One form for the verified, with a few answers."""
    system, begun = System(operator.pk), at(anchor - timedelta(days=20), 9)
    values = {
        "title": "阅读习惯小调查", "intro": "五道题，两分钟。", "purpose": "collect", "audience": "verified", "profession": "",
        "text": _QUESTIONS,
    }  # fmt: skip
    form = actions.begin_form(actor=system, tenant_id=operator.pk, values=values, now=begun)
    form = actions.open_form(actor=system, form=form, today=timezone.localdate(begun), now=begun)
    holders = Credential.objects.filter(in_force(anchor), tenant=operator).values("person")
    readers = User.objects.filter(person__in=holders).exclude(username__startswith=PREFIX).order_by("id")
    for reader in readers[:_READERS]:
        level, liked = chance.randrange(3), sorted(chance.sample(range(4), 2))
        answers: dict[str, Any] = {
            "1": level,
            "2": liked,
            "4": chance.randint(1, 9),
            "5": chance.randint(3, 5),
        }
        if _OTHERS in liked:
            answers["3"] = chance.choice(_WISHES)
        actions.answer_form(actor=visit_of(reader, anchor), form=form, answers=answers, today=anchor)
