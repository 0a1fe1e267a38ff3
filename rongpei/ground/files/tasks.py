"""Jobs of the files room."""

from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.files.sweeping import sweep


@app.periodic(cron="23 * * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep_vault(timestamp: int) -> None:
    """Every hour: remove blobs of undone uploads, finish interrupted ones."""
    sweep(now=clock.now())
