"""What every page of the flow needs: the person, the application, the way on."""

from collections.abc import Sequence

from django.http import Http404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rongpei.ground.accounts.models import User
from rongpei.kernel.procedures.queries import standing_of
from rongpei.org.access.doors import PageRequest
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.consent.queries import current_text, latest_answer
from rongpei.org.people.models import Person
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import State
from rongpei.pipelines.verification.models import Application
from rongpei.pipelines.verification.queries import newest_application

_NEXT = "verification_next"


def me(request: PageRequest) -> Person:
    """The visitor's person; 404 for an account without one."""
    found = Person.objects.select_related("tenant", "user").filter(pk=request.visit.person_id or 0).first()
    if found is None:
        raise Http404
    return found


def account(person: Person) -> User:
    """The account behind the person who visits."""
    if person.user is None:
        raise Http404
    return person.user


def by_record(person: Person) -> bool:
    """Whether this person is verified by the staff record."""
    return rules.verifies_by_record(person.tenant.kind)


def open_application(request: PageRequest, *states: State) -> Application | None:
    """The visitor's application when it is in one of these states."""
    found = newest_application(request.visit.person_id)
    return found if found is not None and found.state in states else None


def remember_next(request: PageRequest) -> None:
    """Keep where the reader came from, so that the way leads back there: addresses of this site only."""
    wanted = request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        request.session[_NEXT] = wanted[:300]


def take_next(request: PageRequest) -> str:
    """Where the reader wanted to go; the columns otherwise."""
    return str(request.session.get(_NEXT) or reverse("columns:home"))


def forget_next(request: PageRequest) -> bool:
    """Drop the kept address; says whether there was one."""
    return request.session.pop(_NEXT, None) is not None


def step_url(person: Person, application: Application) -> str:
    """The page of the next thing to do in a draft."""
    if informed_open(person):
        return reverse("verification:informed")
    if by_record(person):
        return reverse("verification:record")
    return reverse("verification:certificate" if states_profile(application) else "verification:profile")


def states_profile(application: Application) -> bool:
    """Whether the person has said in this case who one is; what an earlier case said is proposed, to be confirmed."""
    return any(one.done.step == "profile" for one in standing_of(application.case))


def informed_open(person: Person) -> ConsentText | None:
    """The informed consent, while there is one that was not answered in its version."""
    text = current_text(person.tenant_id, TextKind.INFORMED_CONSENT)
    if text is None:
        return None
    latest = latest_answer(account(person), TextKind.INFORMED_CONSENT)
    return None if latest is not None and latest.text_id == text.pk else text


def paragraphs(body: str) -> Sequence[tuple[str, str]]:
    """A text by lines; a short word before a colon stands out."""
    found = []
    for line in filter(None, (one.strip() for one in body.splitlines())):
        head, colon, rest = line.partition("：")
        found.append((head + colon, rest) if colon and len(head) <= 8 else ("", line))
    return found
