"""Language, time zone and urls of a request, kept by thread: pages and jobs run in threads, never as async tasks.

Django keeps them so that async tasks find them too, and asks for them two hundred times a page: once for every word
that is translated, every date and every address. A thread's own storage answers twenty times as fast.
"""

import threading

from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real


def keep_by_thread() -> None:
    """Give the four a storage of the thread. To be called before any of them is set."""
    for module, name in (
        (trans_real, "_active"), (timezone, "_active"), (urls, "_prefixes"), (urls, "_urlconfs"),
    ):  # fmt: skip
        setattr(module, name, threading.local())
