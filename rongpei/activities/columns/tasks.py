"""Work in the background: printing what is due, telling subscribers."""

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.activities.columns.actions.printing import publish_due
from rongpei.activities.columns.codes import PUBLISH_TASK, TELL_TASK, ArticleState
from rongpei.activities.columns.models import Article, Subscription, Writing
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import NoticeKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.addresses import address


@app.periodic(cron="* * * * *")
@app.task(name=PUBLISH_TASK, queueing_lock=PUBLISH_TASK)
def print_what_is_due(timestamp: int) -> None:
    """Every minute: print approved articles whose hour has come. Running twice prints nothing twice."""
    now = clock.now()
    for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
        with scope([tenant_id]):
            due = Article.objects.filter(state=ArticleState.SCHEDULED, scheduled_at__lte=now)
            for article in due.order_by("scheduled_at", "id"):
                publish_due(actor=System(tenant_id), article=article, now=now)


@app.task(name=TELL_TASK)
def tell_readers(article_id: int, tenant_id: int) -> None:
    """Tell the writer and the subscribers, tenant by tenant, that an article is in print."""
    with scope([tenant_id]):
        article = (
            Article.objects.select_related("column")
            .filter(pk=article_id, state=ArticleState.PUBLISHED)
            .first()
        )
    if article is None:
        return
    for home in Tenant.objects.order_by("id").values_list("id", flat=True):
        if home == tenant_id or article.is_public:
            _tell(article, home)


def _tell(article: Article, home: int) -> None:
    url = address("columns:article", article.pk)
    with scope([home]):
        readers = Subscription.objects.filter(column_id=article.column_id).values_list("person_id", flat=True)
        writers = set(Writing.objects.filter(article_id=article.pk).values_list("person_id", flat=True))
        told = sorted(set(readers) - writers)
        actor, now = System(home), clock.now()
        if told:
            title = _("“%(column)s”有新文章：%(title)s") % {
                "column": article.column.name,
                "title": article.title,
            }
            send(actor=actor, tenant_id=home, reader_ids=told, title=title, url=url, now=now)
        if writers:
            title = _("您的文章“%(title)s”已发布") % {"title": article.title}
            send(
                actor=actor, tenant_id=home, reader_ids=sorted(writers), title=title, url=url, now=now,
                kind=NoticeKind.RESULT,
            )  # fmt: skip
