"""The one object by which the kernel knows membership; `site/wiring.py` registers it."""

from rongpei.ground.ui.addresses import address
from rongpei.kernel.procedures.registry import Registered
from rongpei.org.access.codes import Role
from rongpei.pipelines.membership import effects, effects_told, preparing, rules
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.statutes import MEMBERSHIP

REGISTERED = Registered(
    procedure=MEMBERSHIP,
    may=rules.may,
    around=preparing.around,
    read=read_data,
    changed=effects.changed,
    many_changed=effects_told.many_changed,
    holders=rules.HOLDERS,
    supervisors=(Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY),
    prepare=preparing.prepare,
    address=lambda case_id: address("membership:case", case_id),
)
