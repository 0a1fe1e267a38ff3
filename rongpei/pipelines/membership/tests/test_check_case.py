"""The command that judges cases: its acceptance file, its shape, and what it says of bad input."""

import io
import json
import subprocess
import sys

import pytest
from django.core.management import call_command

from rongpei.pipelines.membership.casefile import judge_file
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.tests.acceptance import FILE, as_input

CASES = {case["id"]: case for case in FILE["cases"]}


@pytest.mark.parametrize("edition", ["2014", "2026"])
def test_the_whole_way_is_lawful_without_a_finding(edition):
    acts = [dict(zip(("step", "on", "data"), act, strict=False)) for act in FILE["histories"][edition]]
    answer = judge_file({"id": edition, "person": {"born_on": "1990-05-01"}, "acts": acts})
    assert [one for one in answer["acts"] if one["findings"]] == []
    assert len({one["step"] for one in answer["acts"]}) == 25


@pytest.mark.parametrize("name", CASES)
def test_acceptance(name):
    case = CASES[name]
    tried = judge_file(as_input(case))["try"]
    found = [[one["rule"], one["article"], one["level"], one["lawful_from"]] for one in tried["findings"]]
    assert found == case["expect"]
    assert tried["edition"] == case["edition"]
    assert tried["lawful"] is not any(one[2] == "block" for one in case["expect"])


def test_every_case_has_its_own_name():
    assert len(CASES) == len(FILE["cases"])


def test_every_rule_is_in_the_acceptance_file_under_every_edition_that_knows_it():
    declared = {
        (demand.rule, edition)
        for step in MEMBERSHIP.steps
        for demand in step.demands
        for edition in demand.article
    }
    tried = {(one[0], case["edition"]) for case in CASES.values() for one in case["expect"]}
    assert declared - tried - NOT_TRIED == set()


# Each of these cannot be reached by one try alone; the tests below reach them.
NOT_TRIED = {("still_probationary", "2014"), ("still_probationary", "2026"), ("converted", "2014"),
             ("converted", "2026"), ("conversion_prompt", "2014"), ("conversion_prompt", "2026")}  # fmt: skip


def _history(edition, last):
    acts = [dict(zip(("step", "on", "data"), act, strict=False)) for act in FILE["histories"][edition]]
    return acts[: [act["step"] for act in acts].index(last) + 1]


def _rules(answer):
    return [(one["rule"], one["article"], one["level"]) for one in answer["findings"]]


@pytest.mark.parametrize(
    ("edition", "article", "on"), [("2014", "32", "2024-12-01"), ("2026", "31", "2027-12-01")]
)
def test_what_is_for_probation_is_over_after_conversion(edition, article, on):
    acts = _history(edition, "committee_conversion_approval")
    tried = judge_file({"acts": acts, "try": {"step": "extend_probation", "on": on, "data": {"months": 6}}})
    assert _rules(tried["try"]) == [("still_probationary", article, "block")]


@pytest.mark.parametrize(
    ("edition", "article", "on"), [("2014", "32", "2024-10-21"), ("2026", "31", "2027-10-31")]
)
def test_a_conversion_that_is_not_prompt_wants_a_reason(edition, article, on):
    tried = judge_file(
        {
            "acts": _history(edition, "apply_conversion"),
            "try": {"step": "branch_conversion_meeting", "on": on},
        }
    )
    assert _rules(tried["try"]) == [("conversion_prompt", article, "warn")]


@pytest.mark.parametrize(
    ("edition", "article", "on"), [("2014", "37", "2024-11-01"), ("2026", "36", "2027-11-10")]
)
def test_what_was_extended_is_not_archived_as_converted(edition, article, on):
    acts = _history(edition, "committee_conversion_approval")
    acts[-2]["data"] = {"outcome": "extend"}
    tried = judge_file({"acts": acts, "try": {"step": "archive_materials", "on": on}})
    assert _rules(tried["try"]) == [("converted", article, "block")]


def test_the_example_of_the_specification():
    answer = judge_file(
        {
            "id": "x", "procedure": "membership", "person": {"born_on": "1990-05-01"},
            "branch": {"full_members": 21, "has_committee": True, "temporary": False},
            "acts": [
                {"step": "submit_application", "on": "2025-01-03", "data": {}},
                {"step": "initial_talk", "on": "2025-01-20", "data": {}},
                {"step": "recommend_and_confirm_activist", "on": "2025-02-20", "data": {}},
            ],
            "try": {"step": "propose_development_target", "on": "2026-02-10", "data": {}},
        }
    )  # fmt: skip
    assert answer["acts"][0] == {
        "step": "submit_application", "on": "2025-01-03", "edition": "2014", "lawful": True, "findings": [],
    }  # fmt: skip
    (finding,) = answer["try"]["findings"]
    assert answer["try"]["edition"] == "2014"
    assert answer["try"]["lawful"] is False
    assert (finding["rule"], finding["article"], finding["level"]) == ("cultivation_year", "13", "block")
    assert finding["lawful_from"] == "2026-02-20"


def test_a_blocked_act_still_happened_and_a_void_vote_decides_nothing():
    history = _history("2014", "committee_admission_approval")
    acts = [dict(act) for act in history]
    next(act for act in acts if act["step"] == "propose_development_target")["on"] = "2023-03-31"
    answer = judge_file({"acts": acts})
    assert [one["step"] for one in answer["acts"] if not one["lawful"]] == ["propose_development_target"]
    meeting = next(act for act in acts if act["step"] == "branch_admission_meeting")
    meeting["data"] = {"eligible": 20, "present": 10, "yes": 10}
    answer = judge_file({"acts": acts})
    blocked = {one["step"] for one in answer["acts"] if not one["lawful"]}
    assert {"branch_admission_meeting", "pre_approval_talk", "committee_admission_approval"} <= blocked


def test_a_history_begun_elsewhere_is_not_judged_for_what_came_before():
    tried = judge_file(
        {"acts": [{"step": "branch_admission_meeting", "on": "2023-07-20"},
                  {"step": "pre_approval_talk", "on": "2023-08-01"}],
         "try": {"step": "committee_admission_approval", "on": "2023-10-21"}}
    )["try"]  # fmt: skip
    assert _rules(tried) == [("approval_months", "26", "warn")]


def test_an_act_without_any_history_is_judged_by_itself():
    ballots = {
        "eligible": 20,
        "present": 10,
        "yes": 10,
        "no": 0,
        "abstain": 0,
        "written_yes": 8,
        "written_no": 0,
    }
    one = {"step": "branch_admission_meeting", "on": "2026-06-10", "data": ballots}
    tried = judge_file({"id": "alone", "acts": [], "try": one})["try"]
    assert [(found["rule"], found["article"]) for found in tried["findings"]] == [("quorum", "19")]
    begun = [{"step": "recommend_and_confirm_activist", "on": "2025-02-20"}]
    year = {"step": "propose_development_target", "on": "2026-02-19"}
    answer = judge_file({"id": "begun", "acts": begun, "try": year})
    assert answer["acts"][0]["lawful"]
    assert [found["lawful_from"] for found in answer["try"]["findings"]] == ["2026-02-20"]


def _run(tmp_path, content, monkeypatch):
    path = tmp_path / "case.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_case", str(path), stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_one_case_answers_an_object_and_a_list_a_list(tmp_path, monkeypatch):
    code, out, err = _run(tmp_path, json.dumps([as_input(case) for case in FILE["cases"]]), monkeypatch)
    assert (code, err) == (0, "")
    assert [one["id"] for one in json.loads(out)] == list(CASES)
    code, out, err = _run(tmp_path, json.dumps({"id": 7, "acts": []}), monkeypatch)
    assert json.loads(out) == {"id": 7, "acts": []}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"acts": [', "JSON"),
        ("[1]", "第1个案例"),
        ('{"acts": [{"step": "fly", "on": "2026-01-01"}]}', "步骤“fly”不存在"),
        ('{"acts": [{"step": "initial_talk", "on": "2026-02-30"}]}', "不是日期"),
        ('{"acts": [{"step": "initial_talk"}]}', "不是日期"),
        ('{"acts": {}}', "列表"),
        ('{"procedure": "cooking"}', "cooking"),
        ('{"person": {"born_on": 1990}}', "不是日期"),
        (
            '{"try": {"step": "branch_admission_meeting", "on": "2026-07-01", "data": {"present": -1}}}',
            "整数",
        ),
        (
            '{"try": {"step": "branch_admission_meeting", "on": "2026-07-01", "data": {"present": true}}}',
            "整数",
        ),
        (
            '{"try": {"step": "committee_admission_approval", "on": "2026-07-01", "data": {"body": "me"}}}',
            "party_group",
        ),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_bad_input_is_one_sentence_and_two(tmp_path, monkeypatch, content, says):
    code, out, err = _run(tmp_path, content, monkeypatch)
    assert code == 2
    assert out == ""
    assert says in err
    assert err.strip().count("\n") == 0


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(SystemExit) as stop:
        call_command("check_case", str(tmp_path / "none.json"), stderr=io.StringIO())
    assert stop.value.code == 2


def test_the_command_needs_no_database(tmp_path):
    path = tmp_path / "case.json"
    path.write_text('{"id": "a", "acts": [{"step": "submit_application", "on": "2026-06-01"}]}')
    program = (
        "import os, sys\n"
        "os.environ.update(DJANGO_SETTINGS_MODULE='rongpei.site.settings', DATABASE_URL='postgresql:///none?host=/nowhere')\n"
        "from django.core.management import execute_from_command_line\n"
        "execute_from_command_line(sys.argv)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check_case", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["acts"][0]["edition"] == "2026"
