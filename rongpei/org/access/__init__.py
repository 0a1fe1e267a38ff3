"""Roles: who may do what, where, and until when.

A role is held at a unit for a period and reaches the unit's subtree; held at a root it reaches the whole
tenant. `Visit` is the actor of a request; `rules` have a queryset face and a check face.
"""
