"""Whom a talk or a training concerns, and who of the officers had the year's training."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.trained import due_of, officers_asked
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, SearchFilter
from rongpei.ground.ui.marks import Status
from rongpei.kernel.gatherings.codes import Part
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.units.codes import COMMITTEE_OFFICES
from rongpei.org.units.models import Appointment
from rongpei.org.units.queries import in_force


class PeopleForm(Form):
    """Ticks beside names, and colleagues from elsewhere by name or staff number."""

    autofocus = False

    chosen: "forms.ModelMultipleChoiceField[Person]" = forms.ModelMultipleChoiceField(
        label=_lazy("参加的人"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_lazy("其他同事"), required=False, max_length=400,
        help_text=_lazy("不在上面的，填姓名或工号，多人用顿号或空格分开。"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tenant_id = tenant_id
        self.offer("chosen", people)

    def clean_others(self) -> list[Person]:
        """Every name found once; those not found, or found twice, are named."""
        words = self.cleaned_data["others"].replace("、", " ").replace("，", " ").replace(",", " ").split()
        present = Person.objects.filter(tenant_id=self._tenant_id, standing=Standing.PRESENT)
        rows = list(present.filter(Q(staff_number__in=words) | Q(name__in=words)))
        named = {word: [one for one in rows if word in (one.staff_number, one.name)] for word in words}
        unknown = [word for word, people in named.items() if not people]
        twice = [word for word, people in named.items() if len(people) > 1]
        faults = [_("没有找到%s，请核对姓名或工号。") % "、".join(unknown)] if unknown else []
        faults += [_("叫%s的不止一位，请填工号。") % "、".join(twice)] if twice else []
        if faults:
            raise forms.ValidationError(faults)
        return rows

    def ids(self) -> list[int]:
        """Everybody ticked or named."""
        return [one.pk for one in (*self.cleaned_data["chosen"], *self.cleaned_data["others"])]


def candidates(meeting: Meeting) -> QuerySet[Person]:
    """Officers at and under the unit for a training, people at home there for a talk; and whoever is on the list."""
    unit, on = meeting.gathering.unit, meeting.gathering.held_on
    listed = Q(pk__in=meeting.gathering.attendances.values("person"))
    if meeting.kind == MeetingKind.TRAINING:
        held = Appointment.objects.filter(
            in_force(on), unit__path__under=unit.path, office__in=COMMITTEE_OFFICES
        )
        found = Q(pk__in=held.values("person"))
    else:
        found = Q(place__branch__path__under=unit.path)
    rows = Person.objects.filter(tenant_id=meeting.tenant_id, standing=Standing.PRESENT)
    return rows.filter(found | listed).order_by("sort_key", "id")


@door(*rules.RUNNERS)
def choose(request: PageRequest, pk: int) -> HttpResponse:
    """Ticks; what is ticked is the list."""
    meeting = meeting_of(request, pk)
    listed = meeting.gathering.attendances.filter(part=Part.ATTENDEE).values_list("person_id", flat=True)
    form = PeopleForm(
        request.POST or None, people=candidates(meeting), tenant_id=meeting.tenant_id,
        initial={"chosen": list(listed)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            came, went = actions.choose_people(actor=request.visit, meeting=meeting, person_ids=form.ids())
        except Refused as refusal:
            form.add_error(None, f"{refusal.what}{refusal.remedy}")
        else:
            messages.success(
                request, _("名单已更新：加了 %(n)d 人，去掉 %(m)d 人。") % {"n": came, "m": went}
            )
            return redirect("partydays:meeting", pk)
    return render(request, "partydays/people.html", {"form": form, "meeting": meeting})


_DONE = {"yes": _lazy("已参加"), "no": _lazy("还没参加")}


def _trained(rows: Any, value: str) -> Any:
    return rows.filter(is_trained=value == "yes")


def _trained_mark(row: Any) -> Status:
    """Late only for a new secretary whose six months are over; who has time until December has yet to attend."""
    due, today = due_of(row, clock.today()), clock.today()
    if due is None:
        return Status("ok", _DONE["yes"])
    if due < today:
        return Status("bad", _("逾期未参加"))
    return Status("warn", _("任职半年内参加") if row.is_new and not row.was_trained else _DONE["no"])


class TrainedList(Listing):
    """Officers with the year's training."""

    columns = (
        Column(
            "person.name", _lazy("姓名"), main=True, sort="person__sort_key",
            link=lambda row: reverse("directory:person", args=[row.person_id]),
        ),
        Column("unit", _lazy("组织"), lambda row: row.unit.name, sort="unit__sort_key", phone="second"),
        Column("office", _lazy("职务"), lambda row: row.get_office_display(), phone="second"),
        Column("trained", _lazy("集中培训"), lambda row: _trained_mark(row), phone="side"),
        Column("due_on", _lazy("参加期限"), lambda row: due_of(row, clock.today()), kind="day"),
        Column(
            "trained_on", _lazy("参加日期"), sort="trained_on", kind="day",
            link=lambda row: reverse("partydays:meeting", args=[row.training]) if row.training else "",
        ),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _lazy("姓名、组织"), fields=("person__name", "unit__name")),
        ChoiceFilter("trained", _lazy("集中培训"), list(_DONE.items()), apply=_trained),
    )
    default_sort = "person.name"
    noun = _lazy("书记和委员")
    measure = _lazy("人")


@door(*rules.READERS)
def trained(request: PageRequest) -> HttpResponseBase:
    """Of the secretaries and committee members one reads: who had this year's training, and who has not."""
    today = clock.today()
    rows = officers_asked(request.visit, today)
    counted = rows.aggregate(asked=Count("pk"), done=Count("pk", filter=Q(is_trained=True)))
    context = {"year": today.year, **counted, "left": counted["asked"] - counted["done"]}
    return TrainedList(request, rows).respond("partydays/training.html", context)
