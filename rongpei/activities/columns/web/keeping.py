"""Keeping columns: found, change, name editors, invite authors; and what an invited author sees."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions import columns as actions
from rongpei.activities.columns.codes import Moderation
from rongpei.activities.columns.models import Column, ColumnEditor, Invitation
from rongpei.activities.columns.queries import desk, reading
from rongpei.activities.columns.standing import beside, guest_in
from rongpei.activities.columns.web.forms import ColumnForm, EditorsForm, InvitationForm
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.listing import Column as Field
from rongpei.ground.ui.listing import FlagFilter, Listing, SearchFilter
from rongpei.ground.ui.marks import Status
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person

_SALT = "columns.invitation"


def _seen(column: Column) -> Status:
    if column.closed_on:
        return Status("line", _("已停办"))
    return Status("ok", _("公开")) if column.is_public else Status("info", _("院内"))


class ColumnList(Listing):
    """Columns of the tenant."""

    columns = (
        Field("name", _("专栏"), main=True, link=lambda c: address("columns:keep", c.pk)),
        Field("host", _("主持"), phone="second"),
        Field("guiding_unit", _("指导单位")),
        Field("articles", _("在刊文章"), lambda c: c.in_print, kind="count", phone="second"),
        Field(
            "moderation",
            _("评论"),
            lambda c: Moderation(c.moderation).label if c.comments_open else _t("不开放"),
        ),
        Field("gated", _("认证"), lambda c: Status("info", _("认证后可看")) if c.requires_hcp else None),
        Field("seen", _("状态"), _seen, phone="side"),
    )
    filters = (SearchFilter("q", _("专栏名称"), fields=("name",)), FlagFilter("is_public", _("只看公开的")))
    default_sort = ""
    noun = _("专栏")
    measure = _("个")

    def attach(self, rows: Sequence[Any]) -> None:
        """Articles in print, in one query."""
        found = reading.article_counts(rows, self.context["visit"])
        for row in rows:
            row.in_print = found.get(row.pk, 0)


@door(*rules.EDITORS)
def columns(request: PageRequest) -> HttpResponseBase:
    """Columns of the own tenant."""
    return ColumnList(request, desk.all_columns(request.visit), visit=request.visit).respond(
        "columns/columns.html"
    )


@door(*rules.EDITORS)
def found(request: PageRequest) -> HttpResponse:
    """Found a column."""
    form = ColumnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            column = actions.found_column(
                actor=request.visit,
                tenant_id=request.visit.tenant_id,
                values=form.cleaned_data,
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("name", refusal.what)
        else:
            messages.success(request, _t("专栏已建立。"))
            return redirect("columns:keep", column.pk)
    return render(request, "columns/found.html", {"form": form})


def _own(request: PageRequest, pk: int) -> Column:
    column: Column = get_object_or_404(desk.all_columns(request.visit), pk=pk)
    return column


@door(*rules.EDITORS)
def keep(request: PageRequest, pk: int) -> HttpResponse:
    """One column: what it says, who edits it, who was asked to write."""
    column = _own(request, pk)
    # A form of its own row: validating must not touch what the page shows.
    form = ColumnForm(request.POST or None, instance=Column.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_column(actor=request.visit, column=column, values=form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", refusal.what)
        else:
            messages.success(request, _t("专栏已修改。"))
            return redirect("columns:keep", pk)
    return _draw(request, column, form=form)


def _draw(request: PageRequest, column: Column, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that are not fresh, such as one that was refused, as it was typed."""
    for one in forms.values():
        if one.is_bound and one.errors:
            messages.error(request, one.said())  # on a phone it stands far below
    numbers = ColumnEditor.objects.filter(column=column).values_list("person__staff_number", flat=True)
    invitations = desk.invitations_of(column)
    for one in invitations:
        one.link = _link(request, one)  # type: ignore[attr-defined]  # for the page
    context = {
        "column": column,
        "editors_form": EditorsForm(initial={"numbers": list(numbers)}, auto_id="editors_%s"),
        "editors": reading.editors_of(column),
        "invitation_form": InvitationForm(),
        "invitations": invitations,
        "today": clock.today(),
    } | forms
    context.setdefault("form", ColumnForm(instance=Column.objects.get(pk=column.pk)))
    return render(request, "columns/keep.html", context, status=status)


def _link(request: PageRequest, invitation: Invitation) -> str:
    token = signing.dumps([invitation.tenant_id, invitation.pk], salt=_SALT)
    return request.build_absolute_uri(reverse("columns:invited", args=[token]))


@door(*rules.EDITORS)
@require_POST
def close(request: PageRequest, pk: int) -> HttpResponse:
    """Close a column, or open it again inside the house."""
    column = _own(request, pk)
    if column.closed_on:
        actions.open_column_again(actor=request.visit, column=column)
        messages.success(request, _t("专栏已恢复，现在只有本单位的人能看；要公开请在下面勾选。"))
    else:
        actions.close_column(actor=request.visit, column=column, on=clock.today())
        messages.success(request, _t("专栏已停办，文章仍保存着。"))
    return redirect("columns:keep", pk)


@door(*rules.EDITORS)
@require_POST
def editors(request: PageRequest, pk: int) -> HttpResponse:
    """Name the editors by staff number."""
    column = _own(request, pk)
    form = EditorsForm(request.POST, auto_id="editors_%s")
    if not form.is_valid():
        return _draw(request, column, editors_form=form, status=400)
    numbers = form.cleaned_data["numbers"]
    rows = Person.objects.filter(tenant_id=request.visit.tenant_id, standing=Standing.PRESENT)
    people = list(rows.filter(staff_number__in=numbers))
    missing = [number for number in numbers if number not in {person.staff_number for person in people}]
    if missing:
        form.add_error("numbers", _t("没有工号 %s 的人，没有保存。请核对后再填。") % "、".join(missing))
        return _draw(request, column, editors_form=form, status=400)
    actions.name_editors(actor=request.visit, column=column, people=people)
    messages.success(request, _t("编辑名单已保存。"))
    return redirect("columns:keep", pk)


@door(*rules.EDITORS)
@require_POST
def invite(request: PageRequest, pk: int) -> HttpResponse:
    """Ask somebody to write; the page then shows the link to hand over."""
    column = _own(request, pk)
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            actions.invite_author(
                actor=request.visit,
                column=column,
                invited_by=request.visit.name,
                now=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error("due_on", refusal.what)
        else:
            messages.success(request, _t("约稿已登记，请把链接发给对方。"))
            return redirect("columns:keep", pk)
    return _draw(request, column, invitation_form=form, status=400)


@door(*rules.EDITORS)
@require_POST
def uninvite(request: PageRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.filter(tenant_id=request.visit.tenant_id), pk=pk)
    actions.withdraw_invitation(actor=request.visit, invitation=invitation, now=clock.now())
    messages.success(request, _t("约稿已撤回，链接不再有效。"))
    return redirect("columns:keep", invitation.column_id)


@door()
def invited(request: PageRequest, token: str) -> HttpResponse:
    """What an invited author reads, and the button that accepts."""
    visit = request.visit
    try:
        tenant_id, pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    with beside(visit, tenant_id):
        invitation = get_object_or_404(
            Invitation.objects.select_related("column"), pk=pk, tenant_id=tenant_id
        )
        if request.method == "POST":
            article = actions.accept_invitation(
                actor=guest_in(visit, tenant_id), invitation=invitation, home_tenant_id=visit.tenant_id,
                author_name=visit.name, now=clock.now(),
            )  # fmt: skip
            messages.success(request, _t("已接受约稿，可以开始写了。"))
            return redirect("columns:edit", article.pk)
        ended = invitation.withdrawn_at is not None or invitation.due_on < clock.today()
        context = {"invitation": invitation, "ended": ended, "known": visit.person_id is not None}
        return render(request, "columns/invited.html", context)
