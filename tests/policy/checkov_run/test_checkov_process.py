"""checkov in its process: what it answers about real plans, and how it fails."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policy.checkov_run.answers import CheckovResult
from policy.checkov_run.process import COMMAND, Checkov, CheckovError

ROOT = Path(__file__).parents[3]
PLANS = Path(__file__).parent / "plans"


def failing(result: CheckovResult) -> set[tuple[str, str]]:
    return {(a.check, a.address) for a in result.answers if a.outcome == "failed"}


def test_a_compliant_plan_fails_no_check(closed_result: CheckovResult) -> None:
    assert failing(closed_result) == set()
    assert closed_result.resources == 9


def test_a_key_whose_arn_is_unknown_counts_as_a_key(closed_result: CheckovResult) -> None:
    outcomes = {(a.check, a.address): a.outcome for a in closed_result.answers}
    assert outcomes["CKV_AWS_158", "aws_cloudwatch_log_group.app"] == "passed"


def test_a_policy_whose_text_is_unknown_is_told_as_unknown(closed_result: CheckovResult) -> None:
    outcomes = {(a.check, a.address): a.outcome for a in closed_result.answers}
    assert outcomes["CKV_AWS_286", "aws_iam_role_policy.logs"] == "unknown"


def test_an_open_plan_fails_built_in_and_headline_checks(open_result: CheckovResult) -> None:
    assert {
        ("CKV_AWS_7", "aws_kms_key.logs"),
        ("CKV_AWS_158", "aws_cloudwatch_log_group.app"),
        ("CKV_AWS_2", "aws_lb_listener.https"),
        ("CKV_TRANSLATOR_1", "aws_lb_listener.https"),
        ("CKV_TRANSLATOR_1", 'aws_vpc_security_group_ingress_rule.vpn["0.0.0.0/1"]'),
        ("CKV_TRANSLATOR_1", 'aws_vpc_security_group_ingress_rule.vpn["8000::/1"]'),
        ("CKV_TRANSLATOR_2", "aws_security_group.instance"),
        ("CKV_TRANSLATOR_2", "aws_security_group_rule.alb"),
    } <= failing(open_result)


def test_graph_checks_answer_too(closed_result: CheckovResult) -> None:
    assert any(a.check == "CKV2_AWS_64" and a.outcome == "passed" for a in closed_result.answers)


def test_what_checkov_passes_over_is_told(tmp_path: Path) -> None:
    document = json.loads((PLANS / "closed" / "plan.json").read_text())
    document["planned_values"] = {}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document))
    with Checkov().start() as checkov, pytest.raises(CheckovError, match="did not look at aws_"):
        checkov.judge(path)


def test_what_is_no_json_is_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("not json")
    with Checkov().start() as checkov, pytest.raises(CheckovError, match="not readable") as caught:
        checkov.judge(path)
    assert "\n" not in str(caught.value)


def test_checkov_cannot_use_the_network() -> None:
    program = (
        "import sys, socket\nfrom policy.checkov_run.worker import refuse_network\n"
        "sys.addaudithook(refuse_network)\nsocket.create_connection(('127.0.0.1', 9))"
    )
    answer = subprocess.run(  # noqa: S603 # this program's own text
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, timeout=60
    )
    assert b"PermissionError: checkov may not use the network" in answer.stderr


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("raise SystemExit(3)", "ended with status 3"),
        ("print('{}'); print('[]', flush=True); input(); input()", "no JSON object"),
        ("print('{}'); print('{}', flush=True); input(); input()", "gave no result"),
        ("print('{}', flush=True); input(); input()", "no answer within 0.5 seconds"),
        (
            (
                """print('{}\\n{"answers": [["a", "b", "c", "fine"]], "resources": 1,'"""
                """' "version": "3"}', flush=True); input(); input()"""
            ),
            "another form",
        ),
    ],
    ids=["crash", "list", "nothing", "silence", "outcome"],
)
def test_a_process_that_breaks_is_told_in_one_sentence(program: str, told: str) -> None:
    command = (sys.executable, "-c", program)
    with Checkov(0.5 if "0.5" in told else 20, command).start() as checkov:
        with pytest.raises(CheckovError, match=told) as caught:
            checkov.judge(PLANS / "closed" / "plan.json")
        assert "\n" not in str(caught.value)


def test_a_program_that_is_absent_is_told(tmp_path: Path) -> None:
    with pytest.raises(CheckovError, match="cannot be started"):
        Checkov(command=(str(tmp_path / "none"),)).start()


def test_judging_before_the_start_is_told() -> None:
    with pytest.raises(CheckovError, match="not started"):
        Checkov().judge(PLANS / "closed" / "plan.json")


def test_the_process_ends_when_its_input_does() -> None:
    reading, writing = os.pipe()
    child = os.posix_spawn(
        COMMAND[0],
        list(COMMAND),
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[
            (os.POSIX_SPAWN_DUP2, reading, 0),
            (os.POSIX_SPAWN_CLOSE, writing),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    os.close(reading)
    os.close(writing)
    end = time.monotonic() + 30
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0) and time.monotonic() < end:
        time.sleep(0.05)
    assert ended[0] == child
    assert os.waitstatus_to_exitcode(ended[1]) == 0


def test_switches_of_the_caller_do_not_reach_checkov(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BC_API_KEY", "secret")
    monkeypatch.setenv("CKV_IGNORE_HIDDEN_DIRECTORIES", "false")
    program = (
        "import os, json; told = ','.join(sorted(os.environ)); print('{}');"
        "print(json.dumps({'error': told}), flush=True); input(); input()"
    )
    command = (sys.executable, "-c", program)
    with Checkov(20, command).start() as checkov, pytest.raises(CheckovError) as caught:
        checkov.judge(PLANS / "closed" / "plan.json")
    assert "EVAL_TF_PLAN_AFTER_UNKNOWN" in str(caught.value)
    assert "BC_API_KEY" not in str(caught.value)
    assert "CKV_" not in str(caught.value)
