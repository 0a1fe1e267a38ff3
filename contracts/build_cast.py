"""`python -m contracts.build_cast`: put the cast into the template database."""

import django

if __name__ == "__main__":
    django.setup()

    from contracts import culture, portal
    from contracts.cast import build, load
    from rongpei.ground.tenancy.scope import scope

    build()
    cast = load()
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            portal.rows(house)
            culture.rows(house)
