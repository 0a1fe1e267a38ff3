"""Downloads. The floor above puts a door before this view; who may read which file is asked here."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.files.queries import readable_file
from rongpei.ground.files.serving import serve


class ReaderRequest(HttpRequest):
    """A request whose actor is known."""

    visit: Actor


@require_safe
def download(request: ReaderRequest, pk: int) -> HttpResponseBase:
    """Give the file to whoever may read its object; to everybody else it does not exist.

    `?inline=1` shows images and PDF in place. Looking at an enciphered file is entered in the audit trail.
    """
    file = readable_file(actor=request.visit, pk=pk)
    if file is None:
        raise Http404
    response = serve(file, inline=request.GET.get("inline") == "1")
    if file.enciphered:
        record(
            kind=EventKind.VIEW,
            code="files.file.viewed",
            actor=request.visit,
            table_name=file._meta.db_table,
            object_id=file.pk,
            facts={"owner_kind": file.owner_kind, "owner_id": file.owner_id},
        )
    return response
