"""A declaration prints itself: rows of a table, a page of documentation, and a diagram."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.ui.marks import joined, markup
from rongpei.kernel.procedures.declaring import Procedure, Step


@dataclass(frozen=True, slots=True)
class Row:
    """One step as people read it; `rules` are (what is demanded, article) of the edition asked for."""

    number: str
    label: str
    stage: str
    code: str
    actor: str
    after: str
    evidence: str
    decided_by: str
    article: str
    rules: tuple[tuple[str, str], ...]


def rows(procedure: Procedure, edition: str) -> list[Row]:
    """The steps under one edition; demands the edition does not know are left out."""
    stages = {stage.code: str(stage.label) for stage in procedure.stages}
    return [_row(procedure, step, edition, stages) for step in procedure.steps]


def _row(procedure: Procedure, step: Step, edition: str, stages: dict[str, str]) -> Row:
    before = dict.fromkeys((*step.after, *step.demanded))
    demands = {
        (str(demand.says), demand.article[edition]): None
        for demand in step.demands
        if edition in demand.article
    }
    return Row(
        number=str(step.number or ""),
        label=str(step.label),
        stage=stages[step.stage],
        code=step.code,
        actor=step.actor,
        after="、".join(str(procedure.step(code).label) for code in before),
        evidence="、".join(str(one) for one in step.evidence),
        decided_by=str(step.decided_by),
        article=step.article.get(edition, ""),
        rules=tuple(demands),
    )


def as_markdown(procedure: Procedure) -> str:
    """The whole procedure as a page: one table for each edition."""
    return "\n".join(_page(procedure)) + "\n"


def _page(procedure: Procedure) -> Iterator[str]:
    yield f"# {procedure.label}（{procedure.code}）"
    yield ""
    yield _("本页由 ./run manage print_procedure %(code)s 生成。") % {"code": procedure.code}
    for edition in procedure.editions:
        since = _("自 %(on)s 起") % {"on": edition.starts_on} if edition.starts_on else _("最初")
        yield f"\n## {edition.label}（{since}）\n"
        heads = (
            "#",
            _("步骤"),
            _("代码"),
            _("谁办"),
            _("条"),
            _("在哪些步骤之后"),
            _("证明材料"),
            _("规定（条）"),
        )
        yield f"| {' | '.join(heads)} |"
        yield "|" + "---|" * len(heads)
        for row in rows(procedure, edition.code):
            rules = "；".join(f"{says}（{article}）" for says, article in row.rules)
            cells = (
                row.number,
                row.label,
                f"`{row.code}`",
                row.actor,
                row.article,
                row.after,
                row.evidence,
                rules,
            )
            yield f"| {' | '.join(cells)} |"


_WIDTH, _HEIGHT, _GAP, _PER_ROW = 168, 44, 16, 5
_HEAD = 26


def diagram(procedure: Procedure, done: Collection[str] = (), open_now: Collection[str] = ()) -> SafeString:
    """The numbered steps as an SVG, stage by stage, for a page (colours by class, no inline style).

    Classes: `pd-step`, with `pd-done` or `pd-open`; the text alternative names stage and step.
    """
    parts: list[SafeString] = []
    top = 0
    for stage in procedure.stages:
        steps = [step for step in procedure.steps if step.stage == stage.code and step.number]
        if not steps:
            continue
        parts.append(markup('<text class="pd-stage" x="0" y="{}">{}</text>', top + 16, stage.label))
        parts += [_box(step, index, top + _HEAD, done, open_now) for index, step in enumerate(steps)]
        top += _HEAD + (-(-len(steps) // _PER_ROW)) * (_HEIGHT + _GAP)
    width = _PER_ROW * (_WIDTH + _GAP) - _GAP
    title = _("%(label)s流程图") % {"label": procedure.label}
    return markup(
        '<svg class="pd" viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title>{}</svg>",
        width, top, title, title, joined(parts),
    )  # fmt: skip


def _box(step: Step, index: int, top: int, done: Collection[str], open_now: Collection[str]) -> SafeString:
    x = (index % _PER_ROW) * (_WIDTH + _GAP)
    y = top + (index // _PER_ROW) * (_HEIGHT + _GAP)
    state = " pd-done" if step.code in done else " pd-open" if step.code in open_now else ""
    label = str(step.label)
    shown = label if len(label) <= 10 else label[:9] + "…"
    line = ""
    if index % _PER_ROW:
        line = markup(
            '<path class="pd-line" d="M{} {}h{}" stroke="currentColor" fill="none"/>',
            x - _GAP, y + _HEIGHT // 2, _GAP - 2,
        )  # fmt: skip
    return markup(
        '<g class="pd-step{}"><title>{} {}</title>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="6" fill="none" stroke="currentColor"/>'
        '<text x="{}" y="{}" font-size="13">{} {}</text></g>{}',
        state, step.number, label, x, y, _WIDTH, _HEIGHT, x + 10, y + 27, step.number, shown, line,
    )  # fmt: skip
