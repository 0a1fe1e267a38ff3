"""Personal data: what each room holds about somebody, how it is handed over, and how it is erased.

A room says it in its own `personal.py`, as a tuple `HELD`; the site joins them (`site/personal_data.py`). No model, no page: the
desk where people ask for their data stands above. A model that points at a person or an account and is in no
`HELD` fails the build.
"""

from rongpei.ground.personal.declaring import Blank, Erase, Field, Held, Keep, Subject

__all__ = ["Blank", "Erase", "Field", "Held", "Keep", "Subject"]
