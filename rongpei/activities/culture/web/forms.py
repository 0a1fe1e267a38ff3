"""Forms of culture."""

from collections.abc import Mapping
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.activities.culture.codes import Education, ItemKind, Rights, WorkKind
from rongpei.activities.culture.models import Concern, Episode, Piece, Programme, Week, Work
from rongpei.ground.ui.forms import Form, ModelForm, Tidy, WordsField, split_words
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


def units_of(tenant_id: int) -> QuerySet[Unit]:
    """Open units of a tenant."""
    return Unit.objects.filter(tenant_id=tenant_id, closed_on=None).order_by("tree", "path")


class HoursField(forms.DecimalField):
    """Class hours that one person may get for one thing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=8, decimal_places=1, max_digits=3, **kwargs)


class ProgrammeForm(ModelForm):
    """A programme."""

    class_hours = HoursField(label=_("演职人员学时"))
    educations = forms.MultipleChoiceField(
        label=_("教育形式"), choices=Education.choices, widget=forms.CheckboxSelectMultiple
    )
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("承办"), queryset=None, empty_label=None
    )

    class Meta:
        model = Programme
        fields = ["occasion", "title", "held_on", "place", "educations", "purpose", "class_hours"]

    def __init__(self, *args: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units_of(tenant_id))
        self.initial.setdefault("unit", self.instance.unit_id)
        self.fields["purpose"].widget.attrs["rows"] = 3


class ItemForm(Form):
    """A number of the programme."""

    autofocus = False

    kind = forms.ChoiceField(label=_("形式"), choices=ItemKind.choices)
    title = forms.CharField(label=_("节目"), max_length=80)
    minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=1, max_value=240, initial=5)


class CastForm(Form):
    """People in an item: staff numbers, or names of guests."""

    autofocus = False

    who = forms.CharField(
        label=_("演职人员"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("填工号，用逗号隔开；院外嘉宾直接写姓名。"),
    )  # fmt: skip
    part = forms.CharField(label=_("担任"), max_length=40, required=False)

    def __init__(self, *args: Any, tenant_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant_id = tenant_id

    def clean(self) -> dict[str, Any]:
        """Numbers must be somebody's; anything that is no number is a guest."""
        values = super().clean() or self.cleaned_data
        words = split_words(values.get("who", ""))
        numbers = [word for word in words if any(letter.isdigit() for letter in word)]
        people = people_or_fault(self, "who", numbers)
        values |= {"people": people, "guests": [word[:50] for word in words if word not in numbers]}
        return values


class HeldForm(Form):
    """What came of it."""

    autofocus = False

    audience = forms.IntegerField(label=_("到场人数"), min_value=0, max_value=100_000)
    summary = forms.CharField(
        label=_("小结"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class WorkForm(ModelForm):
    """A work with its rights."""

    class Meta:
        model = Work
        fields = [
            "kind", "title", "introduction", "makers", "made_on", "rights", "rights_holder", "rights_until", "on_view",
            "is_public",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = forms.Select(choices=WorkKind.choices)
        self.fields["rights"] = forms.ChoiceField(
            label=_t("权利依据"), choices=[("", _t("还没有写明")), *Rights.choices], required=False
        )
        self.fields["introduction"].widget.attrs["rows"] = 3
        self.fields["rights_until"].help_text = _t("没有期限就不填。到期后自动不再展出。")
        self.fields["on_view"].help_text = _t("权利写明、出镜的人都同意以后才真正展出。")


class EpisodesForm(Form):
    """Many episodes at once."""

    autofocus = False

    titles = forms.CharField(
        label=_("各集标题"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=30_000,
        help_text=_("一行一集，接在已有的后面。"),
    )
    minutes = forms.IntegerField(label=_("每集分钟"), min_value=0, max_value=600, initial=15)
    class_hours = HoursField(label=_("每集学时"), initial="0.5")


class EpisodeForm(ModelForm):
    """One episode."""

    class_hours = HoursField(label=_("学时"))
    link = forms.URLField(label=_("观看地址"), required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Episode
        fields = ["title", "summary", "minutes", "class_hours", "link"]


class AppearanceForm(Form):
    """Somebody who can be recognised."""

    autofocus = False

    who = forms.CharField(label=_("出镜的人"), max_length=50, help_text=_("本院职工填工号，其他人写姓名。"))
    where = forms.CharField(label=_("出现在"), max_length=80, required=False)

    def __init__(self, *args: Any, tenant_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant_id = tenant_id

    def clean(self) -> dict[str, Any]:
        """A number must be somebody's; anything without a digit is the name of a guest."""
        values = super().clean() or self.cleaned_data
        who = values.get("who", "")
        people = []
        if any(letter.isdigit() for letter in who):
            people = people_or_fault(self, "who", [who])
        return values | {"person": people[0] if people else None}


class StudyForm(Form):
    """What stayed."""

    autofocus = False

    thoughts = forms.CharField(
        label=_("心得"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("至少 20 个字。学时只记一次。"),
    )


class PieceForm(ModelForm):
    """A health-science piece."""

    topics = WordsField(
        label=_("主题词"),
        required=False,
        help_text=_("用顿号隔开，例如：流感、疫苗。公众关切时按主题词调出。"),
    )

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("科室"), queryset=None, required=False, empty_label=_("不写科室")
    )

    class Meta:
        model = Piece
        fields = ["title", "question", "body", "topics", "author_line"]

    def __init__(self, *args: Any, tenant_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units_of(tenant_id))
        self.initial.setdefault("unit", self.instance.unit_id)
        self.fields["body"].widget.attrs["rows"] = 14
        self.fields["body"].help_text = _t("先写结论，再写理由，最后写怎么做。空一行分段。请勿写患者信息。")


class ExpertsForm(Form):
    """Who reads it, until when."""

    autofocus = False

    numbers = forms.CharField(label=_("专家"), max_length=400, help_text=_("填工号，用逗号隔开。"))
    due_on = forms.DateField(label=_("期限"))

    def __init__(self, *args: Any, tenant_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant_id = tenant_id

    def clean(self) -> dict[str, Any]:
        """Every number must be somebody's."""
        values = super().clean() or self.cleaned_data
        return values | {"people": people_or_fault(self, "numbers", split_words(values.get("numbers", "")))}


class ReviewForm(Form):
    """What an expert says."""

    autofocus = False

    opinion = forms.CharField(
        label=_("意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("退回修改的，写明要改什么。"),
    )  # fmt: skip


class ConcernForm(ModelForm):
    """What the public worries about."""

    topics = WordsField(label=_("主题词"), help_text=_("用顿号隔开，系统据此调出已有的科普。"))
    experts = forms.CharField(
        label=_("约请专家"),
        required=False,
        max_length=400,
        help_text=_("填工号，用逗号隔开；会收到约稿通知。"),
    )

    class Meta:
        model = Concern
        fields = ["question", "why", "topics", "raised_on", "needed_by", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].widget.attrs["rows"] = 3
        self.fields["is_public"].label = _t("在公开的科普页置顶")


class WeekForm(ModelForm):
    """A campaign week."""

    class Meta:
        model = Week
        fields = ["title", "introduction", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["introduction"].widget.attrs["rows"] = 3


def tell_faults(request: HttpRequest, forms_shown: Mapping[str, object]) -> None:
    """Say above the page what is wrong in its small forms: on a phone they stand far below."""
    for one in forms_shown.values():
        if isinstance(one, Tidy) and one.is_bound and one.errors:
            messages.error(request, one.said())


class _Asking(Protocol):
    """A form that knows among whom it looks for people."""

    tenant_id: int

    def add_error(self, field: str | None, error: Any) -> None: ...


def people_or_fault(form: _Asking, field: str, numbers: list[str]) -> list[Person]:
    """People of the form's tenant with these numbers; those that are nobody's become a fault of the field."""
    people, missing = people_numbered(form.tenant_id, numbers)
    if missing:
        form.add_error(field, _t("没有工号 %s 的人，请核对。") % "、".join(missing))
    return people


def people_numbered(tenant_id: int, numbers: list[str]) -> tuple[list[Person], list[str]]:
    """People of the tenant with these staff numbers, and the numbers that are nobody's."""
    rows = Person.objects.filter(tenant_id=tenant_id, staff_number__in=numbers, standing=Standing.PRESENT)
    people = list(rows)
    known = {person.staff_number for person in people}
    return people, [one for one in numbers if one not in known]
