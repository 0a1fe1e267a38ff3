"""Two password profiles: 等保 (complexity and age) and modern (length and a list of common passwords)."""

import re
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.ground.accounts.models import User

_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
_OLDEST = timedelta(days=90)


def is_too_old(user: User, on: date) -> bool:
    """Whether the 等保 profile asks for a new password on a day; accounts without one are never asked."""
    if settings.RONGPEI_PASSWORD_PROFILE != "dengbao" or not user.has_usable_password():
        return False
    return on - (user.password_set_on or timezone.localdate(user.joined_at)) >= _OLDEST


class ProfileValidator:
    """Checks a new password by the profile of the installation (`RONGPEI_PASSWORD_PROFILE`)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with one sentence that says what to do."""
        if settings.RONGPEI_PASSWORD_PROFILE == "dengbao":
            kinds = sum(bool(re.search(pattern, password)) for pattern in _CLASSES)
            if len(password) < 8 or kinds < 3:
                raise ValidationError(_("密码至少 8 位，并含大写、小写、数字、符号中的三种。"))
            if user is not None and user.has_usable_password() and user.check_password(password):
                raise ValidationError(_("新密码不能和现在的密码一样。"))
            return
        if len(password) < 10:
            raise ValidationError(_("密码至少 10 位。可以用几个词连成一句，便于记住。"))
        try:
            CommonPasswordValidator().validate(password)
        except ValidationError as error:
            raise ValidationError(_("这个密码太常见，容易被猜到，请换一个。")) from error

    def get_help_text(self) -> str:
        """What the profile asks, for the form."""
        if settings.RONGPEI_PASSWORD_PROFILE == "dengbao":
            return _("至少 8 位，含大写、小写、数字、符号中的三种；90 天更换一次。")
        return _("至少 10 位，不能是常见密码。")
