"""The demonstration: five fictional tenants and their last three years, generated backwards from an anchor date.

Everything follows from the anchor and one seed; nobody in it exists. `make.generate` builds all of it in one
transaction as the application's role; `accounts` knows who signs in; `facts` counts what is there.
"""
