"""Phones in front of the projected code: what the browser sends when its owner scans and the button is pressed."""

from collections.abc import Sequence

from bench.hospital import Guest
from bench.load import cookies, post, token
from rongpei.ground import clock
from rongpei.kernel.gatherings import signin


class Phones:
    """Request number n is the sign-in of guest n, with the code on the screen at that moment.

    The form's token and the cookie hold one secret, as Django gives them; each phone has a device mark of its own.
    """

    def __init__(
        self,
        port: int,
        tenant_id: int,
        sitting_id: int,
        secret: str,
        guests: Sequence[Guest],
        devices: Sequence[str] = (),
    ) -> None:
        self._sitting = (tenant_id, sitting_id, secret)
        self._step = -1
        self._code = b""
        self._parts = [
            post("/meetings/s/@@/", port, *_form(guest, devices[index] if devices else f"phone-{guest.person_id}"))
            .partition(b"@@")
            for index, guest in enumerate(guests)
        ]  # fmt: skip

    def render(self, index: int) -> bytes:
        """The bytes of one sign-in, now."""
        now = clock.now()
        step = signin.step_of(now)
        if step != self._step:
            tenant_id, sitting_id, secret = self._sitting
            code = signin.code_for(tenant_id=tenant_id, sitting_id=sitting_id, secret=secret, now=now)
            self._step, self._code = step, code.encode()
        before, _at, after = self._parts[index]
        return before + self._code + after


def _form(guest: Guest, device: str) -> tuple[str, str]:
    return f"{cookies(guest.session)}; rongpei_device={device}", token(guest.session)
