"""The one object by which the kernel knows verification; `site/wiring.py` registers it."""

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
