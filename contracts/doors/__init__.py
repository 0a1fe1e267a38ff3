"""The permission table: every address, who may open it, and how to fill its parts from the cast.

An address missing here fails the build. `roles` repeats, on purpose and by hand, what the view's door says.
"""

from contracts.doors import house, membership, partydays, portal
from contracts.doors.address import Address

TABLE: dict[str, Address] = {**house.TABLE, **partydays.TABLE, **portal.TABLE, **membership.TABLE}
# Everyone's, and only in a demonstration: no tenant's row is behind them before an account is chosen.
PUBLIC = {
    "activate", "partydays:feed", "partydays:phone-worker", "membership:feed", "demonstration", "demonstration-enter", "demonstration-date", "ui:gallery", "ui:list", "ui:form",
    "ui:paper", "ui:plain", "ui:refused", "ui:progress",
    # What is public in the portal: the queries show public rows, and the database no others (test_portal_walls).
    "columns:home", "columns:search", "columns:feed", "columns:column", "columns:column-feed", "columns:article",
    "culture:exhibition", "culture:work", "culture:health", "culture:piece",
    "columns:comments", "columns:replies", "columns:file", "columns:articles-json", "columns:article-json",
    "verification:join", "verification:join-code", "verification:text",
}  # fmt: skip
SHARED = {"columns:invited", "access:holiday", "access:holiday-delete", "partydays:scanned", "file"}
LIBRARIES = ("account_", "mfa_", "socialaccount_", "openid_connect_", "usersessions_")
