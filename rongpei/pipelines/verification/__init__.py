"""身份认证: who is a healthcare professional, by consent, certificate and review, or by the own hospital's staff record.

Joining from outside, the agreement, the certificate, the reviewers' desk, question forms; `standing` answers the
gate of professional content. The case runs on `kernel.procedures`; images are enciphered and deleted after the decision.
"""
