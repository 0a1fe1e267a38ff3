"""What can be counted by hand: figures of each hospital as of a date, each with the names behind it.

Everything is computed from dated facts, postings, confirmed meetings and ledger entries, never from the columns
that repeat today's values. Four sections are built in; rooms add theirs through `register` in `site/wiring.py`.
"""

from rongpei.site.demonstration.facts.figures import Figure, Section, facts_of, register
from rongpei.site.demonstration.facts.hours import hours_section
from rongpei.site.demonstration.facts.membership import membership_section
from rongpei.site.demonstration.facts.organisation import organisation_section
from rongpei.site.demonstration.facts.people import people_section

__all__ = ["Figure", "Section", "facts_of", "register"]

register(people_section, organisation_section, hours_section, membership_section)
