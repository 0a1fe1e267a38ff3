"""Works with their rights and the consents of those shown, and who studied them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from rongpei.activities.culture.actions import works as acts
from rongpei.activities.culture.codes import ConsentState, Rights, WorkKind
from rongpei.activities.culture.models import Episode, Study, Work
from rongpei.ground.accounts.actor import System
from rongpei.ground.ui.dates import day_full
from rongpei.org.people.models import Person
from rongpei.site.demonstration.culture.programmes import at
from rongpei.site.demonstration.culture.series import ESSAYS, NIGHTS, RADIO, lines_of
from rongpei.site.demonstration.culture.stage import THOUGHTS
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.someone import House, Someone


@dataclass(frozen=True, slots=True)
class Plan:
    """A work of the house: what it is, its parts, those shown and what they say, and who may see it."""

    kind: WorkKind
    title: str
    introduction: str
    makers: str
    days_ago: int
    parts: str = ""
    minutes: int = 0
    hours: str = "0"
    rights: Rights = Rights.OWN
    holder: str = ""
    licence_days: int | None = None
    shown: tuple[ConsentState, ...] = ()
    on_view: bool = True
    public: bool = True


_GIVEN, _ASKED, _BACK = ConsentState.GIVEN, ConsentState.ASKED, ConsentState.WITHDRAWN
_FIRST = (
    Plan(
        WorkKind.TELEVISION, "灯还亮着", "五十四个夜班，五十四件小事。没有英雄，只有还没有关的灯。", "宣传处、团委联合摄制", 260, NIGHTS, 15,
        "0.5", shown=(_GIVEN,) * 6,
    ),
    Plan(WorkKind.COLLECTION, "缓冲间手记", "八位医务人员的文字，写在脱下防护服以后。", "文化编辑部编", 700, ESSAYS, 20, "1"),
    Plan(WorkKind.PRODUCT, "银杏书签", "用老门诊楼前银杏的落叶压制，背面印院训，送给每一位出院的病人。", "工会手工社", 400),
    Plan(
        WorkKind.FILM, "值班室的黑暗里", "一位规培医师的第一夜，片长十一分钟。有一位同事还没有答复是否同意出镜。", "团委", 20, "全片|第一夜。", 11, "0.5",
        shown=(_GIVEN, _ASKED),
    ),
    Plan(
        WorkKind.FILM, "云汀的水", "城市风光短片，外单位授权播放，授权已经到期。", "云汀市影像社（虚构）", 900, "全片|城市和水。", 8, rights=Rights.LICENSED,
        holder="云汀市影像社（虚构）", licence_days=-30,
    ),
)  # fmt: skip
_SECOND = (
    Plan(WorkKind.MEDIA, "不能盖过呼叫铃", "内部电台的十二期节目，每期十五分钟，念给夜班的人。", "工会", 150, RADIO, 15, "0.5", public=False),
    Plan(
        WorkKind.FILM, "看太阳", "新大楼落成那天，一位保洁员站在楼下指路。", "宣传处", 300, "全片|迎晨楼和安宁楼。", 9, "0.5", shown=(_GIVEN, _BACK)
    ),
    Plan(WorkKind.PRODUCT, "方言表折页", "导诊台攒了七年的四百条方言，印成折页，新职工人手一份。", "门诊部", 500, public=False),
)  # fmt: skip
_STUDIED = 40


def make_works(house: House, turn: int) -> int:
    """The works of a house (the third has none of its own yet) and what its people studied; gives how many works."""
    plans = (_FIRST, _SECOND, ())[turn]
    works = [_make(house, plan) for plan in plans]
    if works:
        _study(house, works[0])
    return len(works)


def _make(house: House, plan: Plan) -> Work:
    system, made_on = System(house.tenant.pk), house.anchor - timedelta(days=plan.days_ago)
    work = acts.enter_work(
        actor=system, tenant_id=house.tenant.pk, on=house.anchor, now=at(made_on, 10),
        values={
            "kind": plan.kind, "title": plan.title, "introduction": plan.introduction, "makers": plan.makers, "made_on": made_on,
            "rights": plan.rights, "rights_holder": plan.holder, "on_view": plan.on_view, "is_public": plan.public,
            "rights_until": None if plan.licence_days is None else house.anchor + timedelta(days=plan.licence_days),
        },
    )  # fmt: skip
    Episode.objects.bulk_create(
        Episode(
            tenant=house.tenant, work=work, number=number, title=title, summary=text, minutes=plan.minutes,
            class_hours=Decimal(plan.hours),
        )
        for number, (title, text) in enumerate(lines_of(plan.parts) if plan.parts else (), 1)
    )  # fmt: skip
    for person, state in zip(_faces(house, plan), plan.shown, strict=True):
        row = acts.enter_appearance(
            actor=system, work=work, name=person.name, where="正片", on=made_on, person=person
        )
        if state != _ASKED:
            acts.answer_appearance(
                actor=system,
                appearance=row,
                state=_GIVEN,
                basis=f"纸质同意书，{day_full(made_on)}",
                on=made_on,
            )
        if state == _BACK:
            acts.answer_appearance(actor=system, appearance=row, state=_BACK, basis="", on=house.anchor)
    return acts.check_work(actor=system, work=work, on=house.anchor)


def _faces(house: House, plan: Plan) -> list[Person]:
    """Those shown: colleagues, and last the plain member with an account, who is asked on the first page."""
    chosen = dice("faces", house.plan.code, plan.title).sample(house.staff[:300], len(plan.shown))
    found = {one.pk: one for one in Person.objects.filter(pk__in=[one.id for one in chosen])}
    faces = [found[one.id] for one in chosen]
    if _ASKED in plan.shown or _BACK in plan.shown:
        seat = Person.objects.filter(tenant=house.tenant, user__username__endswith="-staff").first()
        faces[-1] = seat if seat is not None and seat.pk not in found else faces[-1]
    return faces


class _As(System):
    """Somebody of the house, studying."""

    def __init__(self, tenant_id: int, person_id: int) -> None:
        super().__init__(tenant_id)
        self.person_id = person_id


def _study(house: House, work: Work) -> None:
    """Some of the house study some episodes, one a week or so, in the last months."""
    if not work.is_shown:
        return
    episodes = list(Episode.objects.filter(work=work).select_related("work").order_by("number"))
    chance = dice("study", house.plan.code)
    people: list[Someone] = chance.sample(house.staff[:600], _STUDIED)
    seat = Person.objects.filter(tenant=house.tenant, user__username__endswith="-staff").first()
    for place, ident in enumerate([seat.pk if seat else people[0].id, *(one.id for one in people)]):
        for episode in episodes[: 1 + place % 5]:
            on = house.anchor - timedelta(days=chance.randint(2, 120))
            if Study.objects.filter(person_id=ident, episode=episode).exists():
                continue
            acts.study_episode(
                actor=_As(house.tenant.pk, ident), episode=episode, home_tenant_id=house.tenant.pk,
                thoughts=chance.choice(THOUGHTS), on=on, now=at(on, 20),
            )  # fmt: skip
