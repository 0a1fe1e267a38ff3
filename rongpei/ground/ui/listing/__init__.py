"""The list page that every list uses: filters, sort, paging, phone cards, Excel, all from one declaration.

Subclass `Listing`, name `columns` and `filters`, and let the view return `respond("room/page.html")`;
that page includes `ui/_list.html`, and htmx gets the same part alone.
"""

from rongpei.ground.ui.listing.columns import BulkAct, Column
from rongpei.ground.ui.listing.filters import ChoiceFilter, Filter, FlagFilter, PeriodFilter, SearchFilter
from rongpei.ground.ui.listing.kept import kept_rows
from rongpei.ground.ui.listing.memory import Rows
from rongpei.ground.ui.listing.page import Listing

__all__ = [
    "BulkAct",
    "ChoiceFilter",
    "Column",
    "Filter",
    "FlagFilter",
    "Listing",
    "PeriodFilter",
    "Rows",
    "SearchFilter",
    "kept_rows",
]
