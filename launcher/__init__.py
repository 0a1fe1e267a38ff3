"""What `./run` does: set up, start the database, serve, back up, test.

Only the standard library is used, because this package is what installs everything else.
It knows Django by its management commands and environment variables and never imports it.
"""
