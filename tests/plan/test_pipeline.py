"""The pipeline's roles: who takes them, what they need, and what they must never have."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from envs import load
from tests.environment_plans import planned
from tests.plan.escalations import ESCALATIONS
from tests.plan.iam_decision import Request, allowed, matches
from tests.plan.iam_requests import ACCOUNT, CONTEXT, NAME, STATE, known, requests
from tests.plan.inventory import counts, resources

pytestmark = pytest.mark.xdist_group("prod_pipeline")

CREATED_BY: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("created_by.json").read_text(encoding="utf-8")
)
"""What the AWS provider calls to make, change and delete a resource of each type."""


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return resources(planned("prod", "pipeline"))


@pytest.fixture(scope="module")
def policies(made: dict[str, dict[str, Any]]) -> dict[str, list[Any]]:
    """The statements of each policy, by its name without the environment's."""
    return {
        values["name"].removeprefix(f"{NAME}-"): json.loads(values["policy"])["Statement"]
        for address, values in made.items()
        if ".aws_iam_policy." in address
    }


@pytest.fixture(scope="module")
def role(made: dict[str, dict[str, Any]], policies: dict[str, list[Any]]) -> Callable[..., bool]:
    """Whether a role may: by its policies, and by its boundary as well."""

    def may(purpose: str, request: Request) -> bool:
        attached = [
            statement
            for address, values in made.items()
            if f".aws_iam_role_policy_attachment.{purpose}_" in address
            for statement in policies[values["policy_arn"].rpartition("/")[2][len(NAME) + 1 :]]
        ]
        return allowed(attached, request) and allowed(policies["ceiling"], request)

    return may


def test_it_holds_two_roles_their_policies_and_gitlab_s_trust(
    made: dict[str, dict[str, Any]],
) -> None:
    assert counts(planned("prod", "pipeline")) == {
        "aws_iam_openid_connect_provider": 1,
        "aws_iam_policy": 10,
        "aws_iam_role": 2,
        "aws_iam_role_policy_attachment": 9,
    }
    provider = made["module.pipeline.aws_iam_openid_connect_provider.gitlab"]
    assert provider["url"] == "https://gitlab.example.com"
    assert provider["client_id_list"] == [f"{NAME}-apply", f"{NAME}-plan"]


@pytest.mark.parametrize("purpose", ["plan", "apply"])
def test_a_role_is_taken_with_its_own_token_of_the_branch_alone(
    made: dict[str, dict[str, Any]], purpose: str
) -> None:
    planned_role = made[f"module.pipeline.aws_iam_role.{purpose}"]
    (statement,) = json.loads(planned_role["assume_role_policy"])["Statement"]
    branch = "project_path:language-platform/ollama-translator:ref_type:branch:ref:main"

    assert statement == {
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {
                "gitlab.example.com:aud": f"{NAME}-{purpose}",
                "gitlab.example.com:sub": branch,
            }
        },
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/gitlab.example.com"},
    }
    assert planned_role["permissions_boundary"].endswith(f":policy/pipeline/{NAME}-ceiling")


def test_aws_takes_every_policy(policies: dict[str, list[Any]]) -> None:
    """IAM's limit is 6,144 characters, white space not counted ("IAM and AWS STS quotas")."""
    for name, statements in policies.items():
        size = len(
            json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
        )
        assert size <= 6144, name


def test_every_action_is_one_that_aws_knows(policies: dict[str, list[Any]]) -> None:
    unknown = {
        action
        for statements in policies.values()
        for statement in statements
        for action in statement["Action"]
        if not any(
            matches(action.partition(":")[2].lower(), each.lower())
            for each in known()[action.partition(":")[0]]["privileges"]
        )
    }

    assert unknown == set()


def test_no_statement_allows_a_whole_service_or_hands_roles_to_anyone(
    policies: dict[str, list[Any]],
) -> None:
    for name, statement in _granted(policies):
        assert not any(action.endswith("*") for action in _changing(statement)), name
        if "*" in statement["Resource"]:
            assert "Condition" in statement, name
        if "iam:PassRole" in statement["Action"]:
            assert statement["Resource"] == [f"arn:aws:iam::{ACCOUNT}:role/{NAME}-*"]
            assert "iam:PassedToService" in statement["Condition"]["StringEquals"]


def test_the_apply_role_can_make_every_type_that_our_environments_plan(
    role: Callable[..., bool],
) -> None:
    types = {kind for name in load.names() for kind in counts(planned(name)) if "aws_" in kind}
    assert types == set(CREATED_BY), "created_by.json says what makes each type, and no other"
    refused = sorted(
        f"{kind}: {request.action} on {request.resource}"
        for kind in types
        for action in CREATED_BY[kind]
        for request in requests(action)
        if not role("apply", request)
    )

    assert refused == []


def test_the_plan_role_changes_nothing_but_the_lock(role: Callable[..., bool]) -> None:
    changes = {action for actions in CREATED_BY.values() for action in actions}
    done = [r for action in changes for r in requests(action) if role("plan", r)]

    assert done == []
    assert not role("plan", Request("s3:PutObject", f"arn:aws:s3:::{STATE}"))
    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
        assert role("plan", Request(action, f"arn:aws:s3:::{STATE}.tflock", CONTEXT))
    assert role("plan", Request("s3:GetObject", f"arn:aws:s3:::{STATE}", CONTEXT))


@pytest.mark.parametrize("what", ESCALATIONS)
@pytest.mark.parametrize("purpose", ["plan", "apply"])
def test_neither_role_can_take_more(role: Callable[..., bool], purpose: str, what: str) -> None:
    assert not role(purpose, ESCALATIONS[what])


@pytest.mark.parametrize(
    "what",
    [
        "rights for itself",
        "another trust",
        "itself to an instance",
        "a wider boundary",
        "the boundary off",
        "a user",
        "an access key",
        "another audience",
        "the state's history",
        "the state's versioning",
        "a secret",
    ],
)
def test_not_even_if_an_administrator_s_policy_is_attached(
    policies: dict[str, list[Any]], what: str
) -> None:
    everything = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]

    assert allowed(everything, ESCALATIONS[what])
    assert not allowed(policies["ceiling"], ESCALATIONS[what])


def test_the_boundary_holds_what_the_stack_s_roles_need_and_no_more_than_services(
    policies: dict[str, list[Any]], stacks: Path
) -> None:
    needed = {
        action
        for path in stacks.glob("*/cdk.tf.json")
        if not path.parent.name.startswith("pipeline")
        for rights in _role_policies(path)
        for found in re.findall(r'"Action" = \[(.*?)\]', rights)
        for action in re.findall(r'"([a-z0-9]+:\w+)"', found)
    }
    assert {"logs:PutLogEvents", "imagebuilder:GetComponent"} < needed
    refused = [
        action
        for action in sorted(needed)
        if not allowed(policies["boundary"], Request(action, "arn:aws:x", CONTEXT))
    ]

    assert refused == []
    for service in ("iam:CreateRole", "sts:AssumeRole", "ec2:RunInstances", "s3:PutObject"):
        assert not allowed(policies["boundary"], Request(service, "arn:aws:x", CONTEXT))
    assert not allowed(
        policies["boundary"], Request("s3:GetObject", f"arn:aws:s3:::{STATE}", CONTEXT)
    )


def _role_policies(module: Path) -> list[str]:
    """The policies of a module's roles, as Terraform reads them."""
    written = json.loads(module.read_text(encoding="utf-8")).get("resource", {})
    return [rights["policy"] for rights in written.get("aws_iam_role_policy", {}).values()]


def _granted(policies: dict[str, list[Any]]) -> Iterator[tuple[str, Any]]:
    """What is allowed, and not merely bounded."""
    for name, statements in policies.items():
        if name not in {"boundary", "ceiling"}:
            yield from ((name, each) for each in statements if each["Effect"] == "Allow")


def _changing(statement: Any) -> list[str]:
    reading = re.compile(r"\w+:(Describe|Get|List)")
    return [action for action in statement["Action"] if not reading.match(action)]
