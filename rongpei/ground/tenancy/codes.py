"""Kinds of tenants."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenantKind(models.TextChoices):
    """An authority sees the institutions under it; the operator runs the public portal."""

    AUTHORITY = "authority", _("主管机关")
    INSTITUTION = "institution", _("单位")
    OPERATOR = "operator", _("平台运营方")
