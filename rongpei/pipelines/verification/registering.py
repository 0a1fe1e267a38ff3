"""By what the kernel and the store of files know verification; `site/wiring.py` registers it."""

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.procedures.registry import Registered
from rongpei.pipelines.verification import effects, rules
from rongpei.pipelines.verification.procedures import VERIFICATION
from rongpei.pipelines.verification.standing import flow_url

REGISTERED = Registered(
    procedure=VERIFICATION,
    may=rules.may,
    around=effects.around,
    read=effects.read,
    changed=effects.changed,
    holders=rules.HOLDERS,
    address=lambda case_id: flow_url(),
)


def images_seen_by(actor: Actor, application_id: int) -> bool:
    """Whether the actor sees the images of an application now."""
    return rules.may_see_images(actor, application_id, clock.now())
