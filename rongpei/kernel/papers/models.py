"""Questionnaires, their questions, who is asked, and what was answered."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.papers.codes import QuestionKind
from rongpei.org.people.models import Person


class Paper(TenantModel):
    """A questionnaire, answerable from `opens_on` to `closes_on` (both included; null: no end).

    Without names (`anonymous`) the answers carry no person: see `answering.hand_in` for what that does and does not hide.
    """

    title = models.CharField(_("名称"), max_length=120)
    intro = models.CharField(_("说明"), max_length=300, blank=True)
    anonymous = models.BooleanField(_("不记名"), default=False)
    opens_on = models.DateField(_("开始日期"))
    closes_on = models.DateField(_("截止日期"), null=True, blank=True)
    owner_kind = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    created_at = models.DateTimeField()

    audited = True

    class Meta:
        indexes = [models.Index(fields=["tenant", "owner_kind", "owner_id"], name="papers_by_owner")]

    def __str__(self) -> str:
        return self.title


class Question(TenantModel):
    """One question. `options` are its choices; `right` holds the numbers (from 0) of the right ones in a quiz.

    `condition` is empty, or `{"number": n, "any": [choices]}`: it is asked only of those who chose one of these at question n.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="questions", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=QuestionKind)
    text = models.CharField(_("题目"), max_length=300)
    required = models.BooleanField(default=True)
    options = models.JSONField(default=list)
    right = models.JSONField(default=list)
    condition = models.JSONField(default=dict, db_default=models.Value({}, output_field=models.JSONField()))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="papers_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def applies_to(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is asked of somebody who has answered this so far."""
        if not self.condition:
            return True
        given = answers.get(str(self.condition["number"]))
        chosen = given if isinstance(given, list) else [given]
        return any(one in chosen for one in self.condition["any"])


class Invitation(TenantModel):
    """Somebody who is asked. It says whether, never when, an answer came: an instant would name the sheet."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="invitations", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="papers_asked_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(answered=False), name="papers_still_to_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}?{self.paper_id}"


class Sheet(TenantModel):
    """One person's answers, `{question number: value}`; keys are random, so that their order tells nothing.

    `mean` is the mean of the scale answers (1 to 5), `score` the share of right quiz answers in percent.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="sheets", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    answers = models.JSONField(default=dict)
    mean = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "person"], condition=Q(person__isnull=False), name="papers_answered_once"
            )
        ]
        indexes = [models.Index(fields=["paper"], name="papers_sheets")]

    def __str__(self) -> str:
        return f"{self.paper_id}:{self.pk}"
