"""Whose row is this? Every row belongs to a tenant, and is read inside a scope.

First wall: `TenantModel.objects` filters by the current `scope()` and raises outside one.
Second wall: row-level security, raised over every tenant table by `walls`.
"""
