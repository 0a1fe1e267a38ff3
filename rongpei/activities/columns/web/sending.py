"""Sending an article out: what each form looks like, and the files."""

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from rongpei.activities.columns import rules
from rongpei.activities.columns.codes import ArticleState
from rongpei.activities.columns.markup.tree import blocks_of
from rongpei.activities.columns.models import Article
from rongpei.activities.columns.queries.desk import desk_articles
from rongpei.activities.columns.sending.material import material_of
from rongpei.activities.columns.sending.poster import as_poster, as_preview, fonts
from rongpei.activities.columns.sending.wechat import as_wechat
from rongpei.activities.columns.sending.word import as_word
from rongpei.ground.audit import Refused
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.addresses import address
from rongpei.org.access.doors import PageRequest, door

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The preview is a page of inline styles and inline pictures; it may do nothing else.
_PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
)
_APPROVED = (ArticleState.SCHEDULED, ArticleState.PUBLISHED)


def _found(request: PageRequest, pk: int) -> Article:
    """An article of the desk; else 404."""
    article = desk_articles(request.visit).filter(pk=pk, tenant_id=request.visit.tenant_id).first()
    if article is None:
        raise Http404
    return article


def _cleared(article: Article) -> None:
    if article.state not in _APPROVED:
        raise Refused(
            _("这篇文章还没有终审，不能分发。"), why=_("分发出去就收不回来了。"), remedy=_("请先走完终审。")
        )


def _address(article: Article) -> str:
    return f"{settings.RONGPEI_PUBLIC_URL.rstrip('/')}{address('columns:article', article.pk)}"


def _recorded(request: PageRequest, article: Article, form: str) -> None:
    record(
        kind=EventKind.VIEW, code="columns.article.sent", actor=request.visit, table_name=Article._meta.db_table,
        object_id=article.pk, facts={"form": form},
    )  # fmt: skip


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Cache-Control"] = "private, no-store"
    return response


@door(*rules.DESK)
def send(request: PageRequest, pk: int) -> HttpResponse:
    """The three forms, each as it will look."""
    article = _found(request, pk)
    try:
        fonts()
        without_font = None
    except Refused as refusal:
        without_font = refusal
    material = material_of(article)
    context = {
        "article": article,
        "blocks": blocks_of(material.root),
        "cleared": article.state in _APPROVED,
        "material": material,
        "without_font": without_font,
    }
    return render(request, "columns/send.html", context)


@door(*rules.DESK)
@require_safe
def word(request: PageRequest, pk: int) -> HttpResponse:
    """For the hospital paper."""
    article = _found(request, pk)
    _cleared(article)
    _recorded(request, article, "word")
    return _file(as_word(material_of(article)), _WORD_TYPE, f"{article.title}.docx")


@door(*rules.DESK)
@require_safe
@xframe_options_sameorigin
def wechat(request: PageRequest, pk: int) -> HttpResponse:
    """For WeChat's editor: shown in a frame, or as a file with ?save=1."""
    article = _found(request, pk)
    piece = as_wechat(material_of(article))
    if request.GET.get("save") == "1":
        _cleared(article)
        _recorded(request, article, "wechat")
        return _file(piece.encode(), "text/html; charset=utf-8", f"{article.title}.html")
    head = '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    response = HttpResponse(f"{head}<title>{_('预览')}</title><body>{piece}</body></html>")
    response["Content-Security-Policy"] = _PREVIEW_POLICY
    return response


@door(*rules.DESK)
@require_safe
def poster(request: PageRequest, pk: int) -> HttpResponse:
    """For display boards: A2 as PDF, or small as PNG with ?preview=1."""
    article = _found(request, pk)
    if request.GET.get("preview") == "1":
        return HttpResponse(as_preview(material_of(article), _address(article)), content_type="image/png")
    _cleared(article)
    _recorded(request, article, "poster")
    return _file(
        as_poster(material_of(article), _address(article)), "application/pdf", f"{article.title}.pdf"
    )
