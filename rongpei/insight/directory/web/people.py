"""The list of people."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.ui.dates import day_full
from rongpei.insight.directory.queries.people import people_for
from rongpei.insight.directory.web.listing import PeopleList
from rongpei.org.access.codes import READERS
from rongpei.org.access.doors import PageRequest, door


@door(*READERS)
def people(request: PageRequest) -> HttpResponseBase:
    """Everyone the asker may see."""
    rows = PeopleList(request, people_for(request.visit), actor=request.visit)
    sentence = _("%(place)s，数据截至 %(on)s") % {"place": _place(request), "on": day_full(clock.today())}
    return rows.respond("directory/people.html", {"sentence": sentence})


def _place(request: PageRequest) -> str:
    names = {one.unit_name for one in request.visit.held if one.role in READERS}
    return "、".join(sorted(names))
