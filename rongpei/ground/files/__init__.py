"""Uploaded files and enciphered fields: random names, checked contents, authorised downloads.

`actions.store_upload` lets a file in, `web.download` lets it out to those whom its owner's room lets read it
(`owners.register`). What is stored is never the bytes that came: images are drawn anew, text is re-encoded.
"""
