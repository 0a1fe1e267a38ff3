"""Units: the administrative, party and League trees, and where a person belongs in each.

Home places are change points, one home per tree at any time; temporary affiliations lie beside them and
never change the home. Officers hold dated appointments.
"""
