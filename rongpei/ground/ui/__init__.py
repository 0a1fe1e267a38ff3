"""What every page is made of: the layout, the list page, forms, marks and charts.

Other rooms extend `ui/layout.html`, subclass `Listing`, and use the tags of `templatetags/ui.py`,
which are template builtins. `/ui/` shows every component in every state. Nothing here knows what
the pages are about; words that name things come in from the rooms above.
"""
