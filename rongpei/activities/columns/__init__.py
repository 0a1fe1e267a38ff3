"""The portal: columns, articles from draft to print, comments, and who may read what.

Everybody reads what is public; what is for health professionals opens through `gate`, and stays closed until
somebody registers who they are. The database holds the same: see `public_when` on the models.
"""
