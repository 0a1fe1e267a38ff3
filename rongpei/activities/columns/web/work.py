"""The article somebody works on, wherever it belongs, and as whom."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404

from rongpei.activities.columns.models import Article
from rongpei.activities.columns.queries.desk import desk_articles, writings_of
from rongpei.activities.columns.standing import beside, guest_in
from rongpei.org.access.visit import Visit


@contextmanager
def at_work(visit: Visit, pk: int) -> Iterator[tuple[Article, Visit]]:
    """The article with the actor for its tenant, in a scope that holds it.

    One's own tenant's by role; another tenant's only where one was invited to write it. Raises Http404 otherwise.
    """
    own = desk_articles(visit).filter(pk=pk).first()
    if own is not None:
        yield own, visit
        return
    tenant_id = writings_of(visit).get(pk)
    if tenant_id is None:
        raise Http404
    with beside(visit, tenant_id):
        article = Article.objects.select_related("column").filter(pk=pk, writer_id=visit.person_id).first()
        if article is None:
            raise Http404
        yield article, guest_in(visit, tenant_id)
