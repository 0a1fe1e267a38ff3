"""What is enciphered is read again, whichever cipher wrote it."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from rongpei.ground.files.cipher import blind_index, decipher, encipher

NUMBER = "110105199003072317"


@pytest.mark.parametrize("written", ["aes", "sm4"])
@pytest.mark.parametrize("now", ["aes", "sm4"])
def test_either_cipher_reads_what_the_other_wrote(settings: Any, written: str, now: str) -> None:
    settings.RONGPEI_CIPHER = written
    token = encipher(NUMBER)
    settings.RONGPEI_CIPHER = now
    assert decipher(token) == NUMBER
    assert NUMBER not in token
    assert encipher(NUMBER) != token


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_an_altered_token_is_not_read(settings: Any, cipher: str) -> None:
    settings.RONGPEI_CIPHER = cipher
    token = encipher(NUMBER)
    altered = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
    with pytest.raises(InvalidTag):
        decipher(altered)


def test_equal_numbers_are_found_by_their_index_and_the_empty_one_has_none() -> None:
    assert blind_index("11010519900307231x") == blind_index("11010519900307231X")
    assert blind_index(NUMBER) != blind_index("110105199003072318")
    assert len(blind_index(NUMBER)) == 32
    assert (blind_index(""), encipher(""), decipher("")) == ("", "", "")
