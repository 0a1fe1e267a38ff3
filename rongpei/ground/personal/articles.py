"""The articles of the law on personal information that rooms cite."""

from django.utils.translation import gettext_lazy as _

RETENTION = _("《个人信息保护法》第十三条第一款第三项、第四十七条第二款")
