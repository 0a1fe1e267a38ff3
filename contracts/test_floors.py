"""The floors hold, in imports and in what imports cannot see: string references and reverse names."""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).parent.parent
FLOOR = {"ground": 0, "org": 1, "kernel": 2, "activities": 3, "pipelines": 3, "insight": 4, "site": 5}


def _floor(module: str) -> int:
    return FLOOR[module.split(".")[1]]


def test_foreign_keys_point_down() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("rongpei."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model.__module__.startswith("rongpei."):
                assert _floor(field.related_model.__module__) <= _floor(model.__module__), (
                    f"{model}.{field.name}"
                )


def test_no_migration_depends_upwards() -> None:
    for path in (ROOT / "rongpei").rglob("migrations/0*.py"):
        here = FLOOR[path.relative_to(ROOT).parts[1]]
        for label in re.findall(r"\(['\"](\w+)['\"], ['\"]0\d{3}_", path.read_text()):
            config = apps.get_app_config(label)
            if config.name.startswith("rongpei."):
                assert _floor(config.name) <= here, f"{path.name} depends on {label}"


def test_ground_knows_no_word_of_hospitals_or_the_party() -> None:
    words = re.compile(r"医院|党|支部|hospital|branch\b|party_", re.IGNORECASE)
    for path in (ROOT / "rongpei" / "ground").rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts or path.name in {"samples.py"}:
            continue
        found = [
            line for line in path.read_text().splitlines() if words.search(line) and "no word" not in line
        ]
        assert not found, f"{path}: {found[:3]}"


def test_gatherings_and_papers_know_no_word_of_the_party() -> None:
    words = re.compile(r"党|支部|party", re.IGNORECASE)
    for room in ("gatherings", "papers"):
        for path in (ROOT / "rongpei" / "kernel" / room).rglob("*.*"):
            if path.suffix not in {".py", ".html"} or "tests" in path.parts:
                continue
            found = [line for line in path.read_text().splitlines() if words.search(line)]
            assert not found, f"{path}: {found[:3]}"


def test_writes_happen_in_actions_only() -> None:
    """No page, task of a page, or template saves anything: `.save(`, `.create(`, `.update(` stay out of web/."""
    saving = re.compile(r"\.(save|create|bulk_create|update_or_create|delete|bulk_update)\(")
    for path in (ROOT / "rongpei").rglob("web/*.py"):
        if path.name == "demonstration.py" or "tests" in path.parts:
            continue
        found = [line.strip() for line in path.read_text().splitlines() if saving.search(line)]
        assert not found, f"{path}: {found}"


def test_every_file_is_small() -> None:
    for path in (ROOT / "rongpei").rglob("*.py"):
        if "migrations" not in path.parts:
            assert len(path.read_text().splitlines()) <= 400, path
