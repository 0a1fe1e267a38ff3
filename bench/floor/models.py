"""The two tables of the floor, made by `bench.floors` with SQL."""

from typing import ClassVar

from django.db import models


class Kept(models.Model):
    """A row to be found by its key."""

    words = models.CharField(max_length=80)

    objects: ClassVar[models.Manager["Kept"]] = models.Manager()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "floor_kept"

    def __str__(self) -> str:
        return self.words


class Added(models.Model):
    """A row to be inserted."""

    number = models.IntegerField()

    objects: ClassVar[models.Manager["Added"]] = models.Manager()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "floor_added"

    def __str__(self) -> str:
        return str(self.number)
