"""The branch page, for secretaries and offices."""

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.insight.directory.queries.branches import people_of_branch
from rongpei.insight.directory.rules import BRANCH_READERS, branch_for
from rongpei.insight.directory.web.branchview import BranchView
from rongpei.insight.directory.web.listing import PeopleList
from rongpei.org.access.doors import PageRequest, door


class MembersList(PeopleList):
    """The people of one branch, activists and applicants included."""

    noun = _("支部人员")


@door(*BRANCH_READERS)
def branch_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """A branch the asker reads; any other is not found."""
    branch = branch_for(request.visit, pk)
    if branch is None:
        raise Http404
    today = clock.today()
    rows = people_of_branch(request.visit, branch, today)
    people = MembersList(request, rows, actor=request.visit, within=branch)
    page = BranchView(actor=request.visit, branch=branch, today=today)
    return people.respond("directory/branch.html", {"page": page, "branch": branch})
