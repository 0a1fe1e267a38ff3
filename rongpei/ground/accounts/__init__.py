"""Signing in, and nothing else about a person.

`User` holds a password and a name to sign in with; who the person is lies on floor 1. `Actor` is the
protocol through which every rule and action meets whoever acts.
"""
