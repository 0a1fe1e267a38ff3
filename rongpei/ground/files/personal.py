"""Files somebody uploaded. What a file is for belongs to the room that owns it."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep

HELD = (
    Held(
        model="files.StoredFile", title=_("上传的文件"), purpose=_("作为所属事项的材料"), users=("uploaded_by",),
        ends=Keep(_("文件属于所附的事项，随事项保存和删除。"), _("《个人信息保护法》第四十七条第二款")),
        fields=(
            Field("created_at", _("时间")), Field("original_name", _("文件名")), Field("size", _("字节")),
            Field("deleted_at", _("删除时间")),
        ),
    ),
)  # fmt: skip
