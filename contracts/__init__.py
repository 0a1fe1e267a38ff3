"""Tests about the whole house: floors, doors, tenancy, query counts, what pages may never show."""
