"""`python -m contracts.build_cast`: put the cast into the template database."""

import django

if __name__ == "__main__":
    django.setup()

    from contracts.cast import build

    build()
