"""The portal apart from the internal site: its addresses, and what its role of the database may see."""
