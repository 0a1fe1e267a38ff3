"""One text with what one said to it; agreeing, refusing, skipping and withdrawing are one press each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.consent import actions
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.consent.queries import answers_of
from rongpei.org.people.models import Person
from rongpei.org.privacy import codes, elsewhere, queries

_SAID = {
    Answer.AGREE: _("已记下您同意。"),
    Answer.REFUSE: _("已记下您不同意。"),
    Answer.SKIP: _("已跳过，不作为同意。"),
    Answer.WITHDRAW: _("同意已撤回，撤回以前的处理不受影响。"),
}


def _text(request: PageRequest, pk: int) -> ConsentText:
    text: ConsentText = get_object_or_404(
        ConsentText.objects.filter(tenant_id=request.visit.tenant_id), pk=pk
    )
    return text


@door()
def text_page(request: PageRequest, pk: int) -> HttpResponse:
    """The text word by word, and one's own answers to all its versions."""
    text, user = _text(request, pk), User.objects.get(pk=request.visit.user_id or 0)
    standing = next((one for one in queries.standings_of(user) if one.text.kind == text.kind), None)
    context = {
        "text": text,
        "current": standing is not None and standing.text.pk == text.pk,
        "standing": standing,
        "answers": [one for one in answers_of(user) if one.text.kind == text.kind],
        "law": codes,
        "other": elsewhere.of(text.kind),
    }
    return render(request, "privacy/text.html", context)


@door()
@require_POST
def answer(request: PageRequest, pk: int, choice: str) -> HttpResponse:
    """Say it; the answer is kept with version, time and channel."""
    text, user = _text(request, pk), User.objects.get(pk=request.visit.user_id or 0)
    said = Answer(choice)
    standing = next((one for one in queries.standings_of(user) if one.text.pk == text.pk), None)
    if said == Answer.SKIP and (standing is None or not standing.optional):
        raise Http404
    other = elsewhere.of(text.kind)
    if other is None:
        actions.answer(actor=request.visit, user=user, text=text, choice=said, channel="web", now=clock.now())
    elif said == Answer.WITHDRAW:
        person = get_object_or_404(Person, pk=request.visit.person_id or 0)
        other.withdraw(
            actor=request.visit, person=person, user=user, kind=TextKind(text.kind), today=clock.today(), now=clock.now()
        )  # fmt: skip
    else:
        return redirect(other.page)
    messages.success(request, _SAID[said])
    return redirect("privacy:mine")
