"""Periodic work of the whole house."""

from procrastinate.contrib.django import app

from rongpei.ground import clock


@app.periodic(cron="*/2 * * * *")
@app.task(name="site.retry_stalled", queueing_lock="site.retry_stalled", pass_context=True)
async def retry_stalled(context: object, timestamp: int) -> None:
    """Give jobs of a killed worker back to the queue: procrastinate leaves them "doing" for ever."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await manager.retry_job(job, retry_at=clock.now())
