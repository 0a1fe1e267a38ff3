"""Writing: the form with its editor, what is typed in between, files, saved texts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions import editing
from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.comparing import compared
from rongpei.activities.columns.models import Article, ArticleFile
from rongpei.activities.columns.queries import desk
from rongpei.activities.columns.web.forms import ArticleForm
from rongpei.activities.columns.web.reader import number
from rongpei.activities.columns.web.work import at_work
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.visit import Visit


@door()
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The form; a save that is refused keeps everything typed. Whoever may not change it now is led back to the workbench."""
    with at_work(request.visit, pk) as (article, actor):
        if rules.may_change(actor=actor, article=article) is not True:
            messages.warning(request, _("这篇文章现在不能修改。提交以后请先收回，再修改。"))
            return redirect("columns:work", pk)
        if request.method == "POST":
            return _save(request, article, actor)
        return _show(request, article, actor)


def _save(request: PageRequest, article: Article, actor: Visit) -> HttpResponse:
    form = ArticleForm(request.POST, instance=Article(), column=article.column)
    if not form.is_valid():
        return _draw(request, article, form, status=400)
    values = form.cleaned_data
    captions = {
        int(name.removeprefix("caption-")): str(words).strip()
        for name, words in request.POST.items()
        if name.startswith("caption-") and name.removeprefix("caption-").isdigit()
    }
    try:
        editing.save_article(
            actor=actor, article=article, values=form.values(), html=values["html"], base=values["base"],
            remark=values["remark"], captions=captions, saved_by=actor.name, now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, " ".join(filter(None, (refusal.what, refusal.why, refusal.remedy))))
        return _draw(request, article, form, status=refusal.status)
    messages.success(request, _("已保存。"))
    return redirect("columns:work", article.pk)


def _show(request: PageRequest, article: Article, actor: Visit) -> HttpResponse:
    newest = desk.newest_revision(article)
    typed = desk.autosave_of(article, actor)
    initial: dict[str, Any] = {
        name: getattr(article, name) for name in ArticleForm.Meta.fields if name != "related_ids"
    }
    initial |= {
        "related_ids": article.related_ids,
        "base": article.revisions,
        "html": typed.html if typed else newest.html if newest else "",
    }
    if typed and typed.title:
        initial["title"] = typed.title
    form = ArticleForm(instance=article, initial=initial, column=article.column)
    return _draw(request, article, form, typed=typed)


def _draw(
    request: PageRequest, article: Article, form: ArticleForm, *, typed: Any = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    files = list(
        ArticleFile.objects.filter(article=article).select_related("file").order_by("position", "id")
    )
    context = {"article": article, "form": form, "files": files, "typed": typed}
    return render(request, "columns/edit.html", context, status=status)


@door()
@require_POST
def keep(request: PageRequest, pk: int) -> JsonResponse:
    """Keep what is being typed; answers when."""
    with at_work(request.visit, pk) as (article, actor):
        base = number(request.POST.get("base"))
        if base != article.revisions:
            return JsonResponse({"kept": False, "why": _("别人已保存过新稿，请先看新稿。")}, status=409)
        now = clock.now()
        editing.keep_typed(
            actor=actor, article=article, base=base, title=request.POST.get("title", ""),
            html=request.POST.get("html", ""), now=now,
        )  # fmt: skip
        return JsonResponse({"kept": True})


@door()
@require_POST
def drop_typed(request: PageRequest, pk: int) -> HttpResponse:
    """Go back to the last saved text."""
    with at_work(request.visit, pk) as (article, actor):
        editing.drop_typed(actor=actor, article=article)
    messages.success(request, _("已恢复到上次保存的内容。"))
    return redirect("columns:edit", pk)


@door()
@require_POST
def upload(request: PageRequest, pk: int) -> HttpResponse:
    """Attach a file; the editor's script gets JSON, a plain form the editing page."""
    scripted = request.headers.get("Accept", "").startswith("application/json")
    part = request.POST.get("part", FilePart.PICTURE)
    sent = request.FILES.get("file")
    with at_work(request.visit, pk) as (article, actor):
        try:
            if sent is None or part not in FilePart.values:
                raise Refused(_("请选择要上传的文件。"))
            found = editing.attach_file(
                actor=actor, article=article, upload=sent, part=FilePart(part), now=clock.now(),
                caption=request.POST.get("caption", ""),
            )  # fmt: skip
        except Refused as refusal:
            if scripted:
                said = " ".join(filter(None, (refusal.what, refusal.why, refusal.remedy)))
                return JsonResponse({"why": said}, status=refusal.status)
            raise
        if scripted:
            return JsonResponse({"url": reverse("columns:file", args=[pk, found.pk]), "id": found.pk})
    messages.success(request, _("已上传。"))
    return redirect("columns:edit", pk)


@door()
@require_POST
def remove(request: PageRequest, pk: int, file_pk: int) -> HttpResponse:
    """Remove a file for good."""
    with at_work(request.visit, pk) as (article, actor):
        found = ArticleFile.objects.select_related("file").filter(article=article, pk=file_pk).first()
        if found is None:
            raise Http404
        editing.remove_file(actor=actor, article=article, found=found, now=clock.now())
    messages.success(request, _("已删除。"))
    return redirect("columns:edit", pk)


@door()
def revisions(request: PageRequest, pk: int) -> HttpResponse:
    """Every saved text; two of them side by side in one."""
    with at_work(request.visit, pk) as (article, actor):
        saved = desk.revisions_of(article)
        newer = number(request.GET.get("to")) or article.revisions
        older = number(request.GET.get("from")) or max(1, newer - 1)
        left, right = desk.revision_of(article, older), desk.revision_of(article, newer)
        context = {
            "article": article,
            "saved": saved,
            "older": older,
            "newer": newer,
            "blocks": compared(left.html, right.html) if left and right else [],
            "titles": (left.title, right.title) if left and right else ("", ""),
            "may_change": rules.may_change(actor=actor, article=article) is True,
        }
        return render(request, "columns/revisions.html", context)


@door()
@require_POST
def restore(request: PageRequest, pk: int, revision: int) -> HttpResponse:
    """Save an older text again as the newest."""
    with at_work(request.visit, pk) as (article, actor):
        found = desk.revision_of(article, revision)
        if found is None:
            raise Http404
        editing.restore_revision(
            actor=actor, article=article, revision=found, saved_by=actor.name, now=clock.now()
        )
    messages.success(request, _("已恢复，旧稿都还在。"))
    return redirect("columns:work", pk)
