"""Forms of readers, writers, editors and moderators."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns.actions.readers import usual_name
from rongpei.activities.columns.actions.talk import LONGEST
from rongpei.activities.columns.codes import AuthorKind, Moderation, ReportReason, WordAct
from rongpei.activities.columns.models import Article, Column, Penname
from rongpei.ground.ui.forms import Form, ModelForm, WordsField, split_words
from rongpei.org.access.visit import Visit
from rongpei.org.people.models import Person


class CommentForm(Form):
    """What a reader says."""

    autofocus = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    reply = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = forms.CharField(label=_("评论"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    display_name = forms.CharField(label=_("显示名"), max_length=12, min_length=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].error_messages["max_length"] = (
            _t("评论最多 %d 字，请删短一些，或分两条发。") % LONGEST
        )


def shown_name(visit: Visit) -> str:
    """The name the reader comments under: the chosen one, or the usual."""
    chosen = Penname.objects.filter(person_id=visit.person_id or 0).values_list("name", flat=True).first()
    if chosen:
        return str(chosen)
    person = Person.objects.filter(pk=visit.person_id or 0).first()
    return usual_name(person) if person else ""


class ReportForm(Form):
    """Why a comment is reported."""

    autofocus = False

    reason = forms.ChoiceField(label=_("举报原因"), choices=ReportReason.choices)
    words = forms.CharField(label=_("补充说明"), max_length=200, required=False)


class PennameForm(Form):
    """The name to comment under."""

    autofocus = False

    name = forms.CharField(
        label=_("显示名"),
        min_length=2,
        max_length=12,
        help_text=_("评论时显示。真实姓名只有评论审核员能看，并留记录。"),
    )


class BeginForm(Form):
    """Which column, and a first title."""

    column: "forms.ModelChoiceField[Column]" = forms.ModelChoiceField(
        label=_("专栏"), queryset=None, empty_label=None
    )
    title = forms.CharField(label=_("标题"), max_length=80)

    def __init__(self, *args: Any, columns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("column", columns)


class ArticleForm(ModelForm):
    """What is said about an article, and its text."""

    specialties = WordsField(label=_("专业"), required=False, help_text=_("用顿号隔开，例如：感染、护理。"))
    tags = WordsField(label=_("标签"), required=False, help_text=_("用顿号隔开，例如：人文关怀。"))
    related_ids = forms.CharField(
        label=_("相关文章"), required=False, help_text=_("填文章编号（地址里的数字），用逗号隔开。")
    )
    html = forms.CharField(
        label=_("正文"), required=False, widget=forms.Textarea(attrs={"rows": 18, "data-editor": "body"}),
        help_text=_("可以从 Word 或公众号整段粘贴，格式会自动整理；图片请用“插图”上传。"),
    )  # fmt: skip
    base = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(label=_("这一稿改了什么"), max_length=80, required=False)

    class Meta:
        model = Article
        fields = [
            "title", "subtitle", "part", "author_kind", "author_name", "author_post", "source", "original", "summary",
            "specialties", "tags", "author_note", "serves", "related_ids", "requires_hcp", "comments_open",
        ]  # fmt: skip

    def __init__(self, *args: Any, column: Column, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [("", _t("不分部")), *((part, part) for part in column.parts)]
        self.fields["part"] = forms.ChoiceField(label=_t("分部"), choices=parts, required=False)
        self.fields["author_kind"].widget = forms.Select(choices=AuthorKind.choices)
        self.fields["author_note"].widget.attrs["rows"] = 3
        self.fields["summary"].widget = forms.Textarea(attrs={"rows": 2})
        self.fields["original"].help_text = _t("转载请写明来源。")
        if isinstance(self.initial.get("related_ids"), list):
            self.initial["related_ids"] = ",".join(str(ident) for ident in self.initial["related_ids"])

    def clean_related_ids(self) -> list[int]:
        """Ids of other articles, at most ten."""
        parts = split_words(str(self.cleaned_data["related_ids"]))
        if any(not part.isdigit() or len(part) > 18 for part in parts) or len(parts) > 10:
            raise forms.ValidationError(_t("请填文章编号，最多 10 个，例如 12,35。"))
        return [int(part) for part in parts]

    def clean(self) -> dict[str, Any]:
        """A reprint names its source."""
        values = super().clean() or self.cleaned_data
        if not values.get("original") and not values.get("source"):
            self.add_error("source", _t("转载的文章请写明来源。"))
        return values

    def values(self) -> dict[str, Any]:
        """Fields of the article alone."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OpinionForm(Form):
    """An opinion with the secrecy check."""

    autofocus = False

    opinion = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    secrecy_checked = forms.BooleanField(
        label=_("已做保密审查：不涉及国家秘密、工作秘密和患者隐私"), required=False
    )


class ApproveForm(OpinionForm):
    """The last word, now or at an hour."""

    at = forms.DateTimeField(label=_("定时发布"), required=False, help_text=_("不填就立即发布。"))

    def clean_at(self) -> datetime | None:
        """Local time, as it stands on the clock of whoever typed it."""
        at: datetime | None = self.cleaned_data["at"]
        return timezone.make_aware(at) if at and timezone.is_naive(at) else at


class ColumnForm(ModelForm):
    """A column."""

    parts = WordsField(
        label=_("栏目分部"), required=False, most=12, longest=30, help_text=_("用顿号隔开，可以不填。")
    )

    class Meta:
        model = Column
        fields = [
            "name", "introduction", "host", "guiding_unit", "parts", "position", "is_public", "requires_hcp",
            "comments_open", "moderation",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["introduction"].widget.attrs["rows"] = 3
        self.fields["moderation"].widget = forms.RadioSelect(choices=Moderation.choices)
        self.fields["is_public"].help_text = _t("公开后任何人不用登录就能看；不公开只有本单位的人能看。")
        self.fields["requires_hcp"].help_text = _t("正文、图片和附件只对通过认证的医疗卫生专业人士开放。")


class EditorsForm(Form):
    """Who edits a column, by staff number."""

    autofocus = False

    numbers = WordsField(
        label=_("编辑"),
        required=False,
        most=20,
        longest=40,
        help_text=_("填工号，用逗号隔开；不填则本单位的编辑都可以编辑。"),
    )


class InvitationForm(Form):
    """Asking somebody to write."""

    autofocus = False

    guest = forms.CharField(label=_("约稿对象"), max_length=60)
    topic = forms.CharField(label=_("选题"), max_length=80, required=False)
    message = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label=_("截稿日期"))


class WordForm(Form):
    """Words for the list."""

    autofocus = False

    words = forms.CharField(
        label=_("词"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("一行一个。")
    )
    act = forms.ChoiceField(
        label=_("处理"), choices=WordAct.choices, widget=forms.RadioSelect, initial=WordAct.HOLD
    )
