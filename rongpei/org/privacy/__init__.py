"""The privacy desk: a person's consents, copy of the own data, who looked, and requests to correct or delete.

Rights of 《个人信息保护法》 chapter 4 (articles 44-50). What is held comes from the rooms' own registrations
(`ground.personal`); what an office answers, and until when, lies here.
"""
