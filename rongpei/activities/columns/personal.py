"""What readers, writers and editors leave in the columns."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Blank, Erase, Field, Held, Keep

_PRINTED = Keep(
    _("已经刊出的文章和编审过程依法留存；要撤下文章请向编辑部提出。"),
    _("《著作权法》、《个人信息保护法》第四十七条第二款"),
)
_ARTICLE = Field("article__title", _("文章"))

HELD = (
    Held(
        model="columns.Comment", title=_("评论"), purpose=_("交流"), persons=("person_id",),
        ends=Blank({"display_name": "已注销", "real_name_cipher": "", "title": "", "body": "（已应本人要求删除）"}),
        fields=(
            _ARTICLE, Field("posted_at", _("时间")), Field("display_name", _("显示名")), Field("body", _("内容")),
            Field("state", _("状态")), Field("decision", _("未通过的原因")),
        ),
    ),
    Held(
        model="columns.CommentLike", title=_("赞过的评论"), purpose=_("交流"), persons=("person_id",), ends=Erase(),
        fields=(Field("comment__article__title", _("文章")), Field("comment__body", _("评论"))),
    ),
    Held(
        model="columns.CommentReport", title=_("举报"), purpose=_("处理举报"), persons=("person_id",), ends=Blank({"words": ""}),
        fields=(
            Field("comment__article__title", _("文章")), Field("reported_at", _("时间")), Field("reason", _("原因")),
            Field("words", _("说明")),
        ),
    ),
    Held(
        model="columns.Penname", title=_("评论的显示名"), purpose=_("交流"), persons=("person",), ends=Erase(),
        fields=(Field("name", _("显示名")),),
    ),
    Held(
        model="columns.Subscription", title=_("订阅"), purpose=_("新文章提醒"), persons=("person",), ends=Erase(),
        fields=(Field("column__name", _("专栏")), Field("began_at", _("时间"))),
    ),
    Held(
        model="columns.Mark", title=_("赞过和收藏的文章"), purpose=_("方便再看"), persons=("person",), ends=Erase(),
        fields=(_ARTICLE, Field("kind", _("赞或收藏")), Field("marked_at", _("时间"))),
    ),
    Held(
        model="columns.Writing", title=_("投过的稿"), purpose=_("作者查看自己的稿件"), persons=("person",), ends=_PRINTED,
        fields=(_ARTICLE, Field("article__state", _("状态"))),
    ),
    Held(
        model="columns.Article", title=_("写的和编发的文章"), purpose=_("刊出"), persons=("writer_id", "poster"), ends=_PRINTED,
        fields=(
            Field("title", _("标题")), Field("author_name", _("署名")), Field("author_note", _("作者的话")),
            Field("state", _("状态")), Field("published_at", _("刊出时间")),
        ),
    ),
    Held(
        model="columns.Revision", title=_("保存的稿本"), purpose=_("可以比较和恢复"), persons=("saved_by_id",), ends=_PRINTED,
        fields=(Field("article__title", _("文章")), Field("number", _("第几稿")), Field("saved_at", _("时间"))),
    ),
    Held(
        model="columns.Autosave", title=_("没有交的草稿"), purpose=_("防止丢稿"), users=("user_id",), ends=Erase(),
        fields=(Field("title", _("标题")), Field("kept_at", _("时间"))),
    ),
    Held(
        model="columns.Step", title=_("编审的步骤"), purpose=_("编审留痕"), persons=("person_id",), ends=_PRINTED,
        fields=(_ARTICLE, Field("step", _("步骤")), Field("opinion", _("意见")), Field("done_at", _("时间"))),
    ),
    Held(
        model="columns.ColumnEditor", title=_("担任编辑的专栏"), purpose=_("编审"), persons=("person",), ends=_PRINTED,
        fields=(Field("column__name", _("专栏")), Field("name", _("署名"))),
    ),
    Held(
        model="columns.Invitation", title=_("约稿"), purpose=_("约稿"), ends=Blank({"guest": "—", "message": ""}),
        withheld=_("约稿只写称呼，不和账号相连；接受以后见“投过的稿”。"),
    ),
)  # fmt: skip
