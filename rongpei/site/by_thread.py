"""Language, time zone and urls of a request, kept by thread: pages and jobs run in threads, never as async tasks.

Django keeps them so that async tasks find them too, and asks for them two hundred times a page: once for every word
that is translated, every date and every address. A thread's own storage answers twenty times as fast.
"""

import threading
from functools import lru_cache

from django.urls import base as urls
from django.utils import timezone, translation
from django.utils.translation import trans_real


def keep_by_thread() -> None:
    """Give the four a storage of the thread. To be called before any of them is set."""
    for module, name in (
        (trans_real, "_active"), (timezone, "_active"), (urls, "_prefixes"), (urls, "_urlconfs"),
    ):  # fmt: skip
        setattr(module, name, threading.local())


def keep_words() -> None:
    """Look a word up once in each language: Django searches seven catalogues for every word of every page.

    To be called after `keep_by_thread`.
    """

    active = vars(trans_real)["_active"]

    @lru_cache(maxsize=16_384, typed=True)  # typed: a safe text stays safe
    def kept(_language: object, message: str) -> str:
        return trans_real.gettext(message)

    def gettext(message: str) -> str:
        return kept(getattr(active, "value", None), message)

    translation._trans.gettext = gettext  # type: ignore[attr-defined]  # where Django itself keeps the function in use
