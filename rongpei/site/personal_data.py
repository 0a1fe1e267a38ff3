"""Every room's registration of personal data, joined; a room that is missing fails a contract test."""

from django.conf import settings

from rongpei.activities.columns.personal import HELD as COLUMNS
from rongpei.activities.culture.personal import HELD as CULTURE
from rongpei.activities.culture.personal import picture_consents
from rongpei.activities.partydays.personal import HELD as PARTYDAYS
from rongpei.ground.accounts.personal import HELD as ACCOUNTS
from rongpei.ground.files.personal import HELD as FILES
from rongpei.ground.notices.personal import HELD as NOTICES
from rongpei.ground.personal import registry
from rongpei.kernel.gatherings.personal import HELD as GATHERINGS
from rongpei.kernel.ledger.personal import HELD as LEDGER
from rongpei.kernel.papers.personal import HELD as PAPERS
from rongpei.kernel.procedures.personal import HELD as PROCEDURES
from rongpei.org.access.personal import HELD as ACCESS
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.personal import HELD as CONSENT
from rongpei.org.people.personal import HELD as PEOPLE
from rongpei.org.privacy import elsewhere
from rongpei.org.privacy.personal import HELD as PRIVACY
from rongpei.org.units.personal import HELD as UNITS
from rongpei.pipelines.membership.personal import HELD as MEMBERSHIP
from rongpei.pipelines.verification.actions import withdraw_consent
from rongpei.pipelines.verification.personal import HELD as VERIFICATION
from rongpei.pipelines.verification.personal import document_looks

# In the order in which a person reads the copy: oneself first, traces last.
ROOMS = (
    PEOPLE, UNITS, ACCESS, MEMBERSHIP, PROCEDURES, LEDGER, GATHERINGS, PARTYDAYS, PAPERS, CULTURE, COLUMNS, CONSENT, VERIFICATION,
    PRIVACY,
    ACCOUNTS, NOTICES, FILES,
)  # fmt: skip


def register_personal_data() -> None:
    """Join them; once, in the site's wiring."""
    for held in ROOMS:
        registry.register(*held)
    if not settings.RONGPEI_PORTAL:  # culture is not read there
        registry.register_consents(picture_consents)
    registry.register_looks(document_looks)
    elsewhere.register(
        TextKind.IDENTITY_AGREEMENT, elsewhere.Elsewhere("verification:agreement", withdraw_consent)
    )
