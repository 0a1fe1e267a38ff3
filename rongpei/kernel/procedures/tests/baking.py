"""A second, tiny procedure: a bakery admits recipes. It proves that the engine knows no party."""

from datetime import date

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.declaring import Demand, Edition, Procedure, Stage, Step, Window
from rongpei.kernel.procedures.demands import day_of, not_before, notice, vote, within
from rongpei.kernel.procedures.findings import Fault

BOTH = {"old": "1", "new": "2"}


def _sweet(asked):
    if asked.data.get("sugar", 0) > 10:
        yield Fault("too sweet")


def _tasting(facts):
    baked = facts.last("bake")
    return Window(due_on=add_months(baked.on, 1)) if baked else Window()


BAKING = Procedure(
    code="baking",
    label="烘焙",
    editions=(Edition("old", "旧规"), Edition("new", "新规", starts_on=date(2026, 5, 11))),
    stages=(Stage("oven", "烘"), Stage("table", "品")),
    steps=(
        Step("bake", "烘烤", "oven", 1, actor="baker", article=BOTH, effects=("baked",),
             demands=(Demand("sugar", BOTH, _sweet, "不过甜", voids=True, waivable=True),)),
        Step("cool", "晾凉", "oven", 2, actor="baker", article=BOTH, after=("bake",), needs=("bake",),
             demands=(notice("cooling", {"new": "9"}, days=5, says="晾五个工作日"),)),
        Step("taste", "试吃", "table", 3, actor="taster", article=BOTH, after=("bake",), needs=("bake",), repeats=True,
             optional=True, window=_tasting,
             demands=(within("taste_soon", BOTH, day_of("bake"), months=1, says="一个月内试吃"),)),
        Step("admit", "收入食谱", "table", 4, actor="taster", article=BOTH, after=("cool",), needs=("cool",), ends="admitted",
             demands=(not_before("ripe", BOTH, day_of("bake"), months=12, says="满一年", waivable=True), *vote(BOTH, BOTH))),
    ),
)  # fmt: skip
