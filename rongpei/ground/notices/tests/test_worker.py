"""The whole way once, with real commits and a real worker."""

from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.notices import actions, addresses
from rongpei.ground.notices.codes import Channel, DeliveryState
from rongpei.ground.notices.models import Delivery
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope


@pytest.mark.committing
def test_a_worker_takes_the_job_and_the_letters_leave(
    committed: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA, settings.RONGPEI_SENDERS = tmp_path, {}
    monkeypatch.setattr(
        addresses, "_lookup", lambda ids, channel: {ident: f"1380000{ident:04}" for ident in ids}
    )
    tenant_id = Tenant.objects.get(code="H1").pk
    with scope([tenant_id]):
        for urgent in (True, False):
            actions.send(
                actor=System(tenant_id), tenant_id=tenant_id, reader_ids=[1, 2, 3], title="开会",
                channels=[Channel.SMS], urgent=urgent, now=clock.now(),
            )  # fmt: skip
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
    with scope([tenant_id]):
        states = list(Delivery.objects.order_by("id").values_list("state", flat=True))
    assert states == [DeliveryState.DONE, DeliveryState.WAITING], "what can be taken back waits ten minutes"
    assert len((tmp_path / "outbox" / "sms.jsonl").read_text().splitlines()) == 3
