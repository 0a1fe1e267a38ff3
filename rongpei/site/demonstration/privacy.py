"""The privacy desk of the demonstration: texts of the first hospital, answers, and requests in every state."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentAnswer
from rongpei.org.people.models import Person
from rongpei.org.privacy.codes import Outcome, RequestKind, RequestState
from rongpei.org.privacy.models import Request, Term
from rongpei.site.demonstration.someone import House

_POLICY = """我们是谁：本单位是您在本平台上个人信息的处理者，平台由本单位自行运行。

收集什么：工号、姓名、联系方式、人事和党员信息、学时、参加活动的记录，以及您自己写下的心得和评论。身份证号加密保存，平时只显示前六位和后四位。

为什么：人事和党员管理、学时统计、活动组织。不用于其他目的，不提供给广告。

谁能看：按职责授权的人，查看证件会留下记录，您在“我的个人信息”里看得到。

存多久：依法依规需要归档的按档案规定，其余在用途实现以后删除。

您的权利：查阅、复制、更正、删除、撤回同意、要求解释。在“我的个人信息”里提出，十五个工作日内答复。"""
_AGREEMENT = """账号由本人使用，不转借。

不上传国家秘密、工作秘密和患者信息。评论对自己的话负责，不造谣，不泄露他人隐私。

学时按本单位的规则记入成长档案，弄虚作假的记录会被冲回并按规定处理。"""
_INFORMED = """我们想在统计您所在科室的学习情况时，使用您的学习记录，只形成合计数字，不出现姓名。

您可以不同意并跳过，不影响使用任何功能。同意以后随时可以撤回。"""
_TERM = (15, 15, "《个人信息权利申请办理规定》（虚构）")
# Kind, whose (an index of people with accounts), days ago, wish, and how it was answered (None: still open).
_REQUESTS: tuple[tuple[RequestKind, int, int, str, tuple[str, ...], tuple[Outcome, str] | None], ...] = (
    (RequestKind.CORRECT, 2, 3, "学历登记为本科，去年已取得硕士学位，请更正。学位证可到人事处核对。", (), None),
    (RequestKind.DELETE, 0, 6, "看片子写的心得不想留着了。", ("culture.Study", "papers.Invitation"), None),
    (RequestKind.EXPLAIN, 1, 40, "为什么名册里要登记籍贯，谁能看到？", (), None),
    (
        RequestKind.CORRECT, 6, 90, "联系电话已换，旧号码请改。", (),
        (Outcome.GRANTED, "已按您的新号码更正，旧号码不再使用。"),
    ),
    (
        RequestKind.DELETE, 7, 120, "收到的旧通知请清空。", ("notices.Notice",),
        (Outcome.PARTLY, "三年以前的通知已删除，近三年的通知涉及会议记录，暂不删除。"),
    ),
    (
        RequestKind.TRANSFER, 9, 200, "我将调往外地工作，请把学时记录转给新单位。", (),
        (Outcome.REFUSED, "新单位没有提供接收方式，暂不能转。您可以在“我的数据”里下载副本自行提交。"),
    ),
)  # fmt: skip


def make_privacy(house: House) -> int:
    """Texts, answers of those with accounts, the term and the requests of a house; gives how many requests."""
    system, tenant = System(house.tenant.pk), house.tenant
    texts = [
        publish_text(actor=system, tenant_id=tenant.pk, kind=kind, body=body, now=_at(house, 500))
        for kind, body in (
            (TextKind.USER_AGREEMENT, _AGREEMENT), (TextKind.PRIVACY_POLICY, _POLICY), (TextKind.INFORMED_CONSENT, _INFORMED)
        )
    ]  # fmt: skip
    users = list(User.objects.filter(tenant=tenant).order_by("pk"))
    ConsentAnswer.objects.bulk_create(
        ConsentAnswer(
            tenant=tenant, text=text, user=user, channel="web", answered_at=_at(house, 490 - place),
            answer=Answer.SKIP if text.kind == TextKind.INFORMED_CONSENT and place % 3 == 0 else Answer.AGREE,
        )
        for place, user in enumerate(users)
        for text in texts
    )  # fmt: skip
    days, longer, basis = _TERM
    starts_on = house.anchor - timedelta(days=500)
    Term.objects.create(
        tenant=tenant, starts_on=starts_on, working_days=days, extension_days=longer, basis=basis
    )
    people = list(Person.objects.filter(user__in=users).order_by("user_id"))
    office = next(one for one in people if one.user and one.user.username.endswith("-hr_office"))
    work = WorkCalendar.load()
    for kind, whose, ago, wish, about, answered in _REQUESTS:
        asked_on = house.anchor - timedelta(days=ago)
        Request.objects.create(
            tenant=tenant, person=people[whose], kind=kind, about=list(about), wish=wish, asked_at=_at(house, ago),
            due_on=work.add_working_days(asked_on, days).on,
            state=RequestState.ANSWERED if answered else RequestState.OPEN, outcome=answered[0] if answered else "",
            answer=answered[1] if answered else "", answered_at=_at(house, ago - 9) if answered else None,
            answered_by=office.pk if answered else None,
            result={"notices.Notice": 14} if answered and answered[0] == Outcome.PARTLY else {},
        )  # fmt: skip
    return len(_REQUESTS)


def _at(house: House, days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(house.anchor - timedelta(days=days_ago), time(10, 20)))
