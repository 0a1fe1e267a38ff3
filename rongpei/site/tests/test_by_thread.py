"""What Django keeps of a request is kept by thread, and a word is looked up once."""

import threading

from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
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


def test_a_word_is_kept_by_language_and_a_safe_one_stays_safe() -> None:
    word = "This field is required."
    for _turn in range(2):
        assert translation.gettext(word) == trans_real.gettext(word) != word
        assert isinstance(translation.gettext(mark_safe(word)), SafeString)  # noqa: S308 - a constant
        assert not isinstance(translation.gettext(word), SafeString)
        with translation.override("en"):
            assert translation.gettext(word) == word
