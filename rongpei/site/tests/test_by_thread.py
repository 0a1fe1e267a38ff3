"""What Django keeps of a request is kept by thread."""

import threading

from django.utils import timezone, translation
from django.utils.translation import get_language, trans_real


def test_a_language_chosen_in_one_thread_is_not_that_of_another() -> None:
    assert isinstance(trans_real._active, threading.local)
    heard: list[tuple[str | None, str]] = []

    def listen() -> None:
        heard.append((get_language(), timezone.get_current_timezone_name()))

    with translation.override("en"), timezone.override("UTC"):
        other = threading.Thread(target=listen)
        other.start()
        other.join()
        listen()
    listen()
    assert heard == [("zh-hans", "Asia/Shanghai"), ("en", "UTC"), ("zh-hans", "Asia/Shanghai")]
