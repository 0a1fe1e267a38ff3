"""Units, homes, temporary affiliations and offices."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.models import Person
from rongpei.org.units.codes import SINGLE_OFFICES, Office, Tree, UnitKind
from rongpei.org.units.importing.runs import ImportRun, RunProgress
from rongpei.org.units.paths import PathField


def id_range(name: str) -> Func:
    """A one-element range over a foreign key, so that exclusion needs no extension."""
    return Func(F(name), F(name), models.Value("[]"), function="int8range")


def period() -> Func:
    """The half-open period of a row."""
    return Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


class Unit(TenantModel):
    """A unit in one tree. `path` holds the ids from the root down to the unit itself: `/3/17/`."""

    tree = models.CharField(_("类别"), max_length=8, choices=Tree)
    kind = models.CharField(_("组织类型"), max_length=24, choices=UnitKind)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=30, blank=True)
    sort_key = models.CharField(max_length=240, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField(unique=True)
    opened_on = models.DateField(_("成立日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "tree", "name"], condition=Q(closed_on=None), name="units_name_once"
            )
        ]
        indexes = [models.Index(fields=["tenant", "tree", "path"], name="units_in_tree")]

    def __str__(self) -> str:
        return self.name


class Posting(TenantModel):
    """From `starts_on` the person's home in `tree` is `unit` (null: none), until the next posting."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="postings", db_index=False, db_constraint=False
    )
    tree = models.CharField(max_length=8, choices=Tree)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    audited = True
    set_checked = ("person", "unit")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "tree", "starts_on"],
                condition=Q(superseded_at=None),
                name="units_one_home_a_day",
            )
        ]
        indexes = [models.Index(fields=["unit", "starts_on"], name="units_posting_unit")]

    def __str__(self) -> str:
        return f"{self.person_id}→{self.unit_id} ({self.starts_on})"


class Place(TenantModel):
    """Where a person belongs today: the postings in force, one row a person, kept by `actions.post_person`."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="place", db_constraint=False
    )
    department = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="staff", db_constraint=False)
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="members", db_constraint=False)
    group = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="group_members", db_constraint=False
    )
    league = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="league_members", db_constraint=False
    )

    set_checked = ("person", "department", "branch", "group", "league")

    def __str__(self) -> str:
        return f"{self.person_id}"


class Affiliation(TenantModel):
    """A temporary place beside the home (临时党支部, 先锋队): dues, votes and quota stay at the home branch."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="affiliations")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="units_affiliation_period"
            ),
            ExclusionConstraint(
                name="units_affiliation_once",
                expressions=[
                    (id_range("person_id"), RangeOperators.OVERLAPS),
                    (id_range("unit_id"), RangeOperators.OVERLAPS),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.unit_id}"


class Appointment(TenantModel):
    """A person holds an office in a unit for a half-open period."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    office = models.CharField(_("职务"), max_length=24, choices=Office)
    starts_on = models.DateField(_("任职日期"))
    ends_on = models.DateField(_("免职日期"), null=True, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="units_appointment_period"
            ),
            ExclusionConstraint(
                name="units_one_secretary",
                condition=Q(office__in=[office.value for office in SINGLE_OFFICES]),
                expressions=[
                    (id_range("unit_id"), RangeOperators.OVERLAPS),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person", "starts_on"], name="units_offices_of")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.office}@{self.unit_id}"


class RosterImport(ImportRun):
    """One uploaded roster. Names stay in the file and in `ImportedPerson`."""

    roster_on = models.DateField(_("名册日期"))

    class Meta:
        indexes = [models.Index(fields=["tenant", "-id"], name="units_imports")]


class ImportedPerson(TenantModel):
    """A person an import changed, with the values from before (to undo); created ones are ranges in `outcome`."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["roster_import"], name="units_imported")]

    def __str__(self) -> str:
        return f"{self.roster_import_id}:{self.person_id}"


class ImportProgress(RunProgress):
    """How far a roster import is."""

    roster_import = models.OneToOneField(
        RosterImport, models.CASCADE, primary_key=True, related_name="progress"
    )
