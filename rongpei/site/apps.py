"""The site's app: joins the rooms when all of them are loaded."""

from django.apps import AppConfig
from django.conf import settings

from rongpei.ground.tenancy import hidden


class SiteConfig(AppConfig):
    """Calls the wiring once."""

    name = "rongpei.site"
    label = "site_"

    def ready(self) -> None:
        """Join the rooms."""
        from rongpei.site.by_thread import keep_by_thread, keep_words  # settings must be read first
        from rongpei.site.routes import keep_routes
        from rongpei.site.wiring import wire  # models must be loaded first

        keep_by_thread()
        keep_words()
        keep_routes()
        wire()
        if settings.RONGPEI_PORTAL:
            hidden.show_only(settings.RONGPEI_PORTAL_COLUMNS)
