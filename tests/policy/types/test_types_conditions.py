"""Which values are refused of types that may otherwise stand in a plan."""

import pytest

from policy.types import conditions, entry
from policy.types.table import conditional


def test_a_condition_never_stands_on_a_type_that_is_refused_whole() -> None:
    kinds = {found.kind for type_ in conditional() if (found := entry(type_))}
    assert kinds <= {"harmless", "attached"}


@pytest.mark.parametrize(
    ("type_", "attribute", "value", "refused"),
    [
        (
            "aws_scheduler_schedule",
            "target.arn",
            "arn:aws:scheduler:::aws-sdk:ec2:authorizeSecurityGroupIngress",
            True,
        ),
        ("aws_scheduler_schedule", "target.arn", "arn:aws:sqs:eu-west-1:111122223333:q", False),
        (
            "aws_cloudwatch_event_target",
            "arn",
            "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
            True,
        ),
        (
            "aws_cloudwatch_event_target",
            "arn",
            "arn:aws:ssm:eu-west-1:111122223333:automation-definition/Open:$DEFAULT",
            True,
        ),
        ("aws_cloudwatch_event_target", "arn", "arn:aws:sns:eu-west-1:111122223333:t", False),
        ("aws_cloudwatch_event_target", "run_command_targets", "", True),
        ("aws_codepipeline", "stage.action.provider", "CloudFormationStackSet", True),
        ("aws_codepipeline", "stage.action.provider", "CodeBuild", False),
        ("aws_codedeploy_deployment_group", "ec2_tag_set", "", True),
        ("aws_fis_experiment_template", "action.action_id", "aws:ssm:send-command", True),
        ("aws_fis_experiment_template", "action.action_id", "aws:ec2:stop-instances", False),
        (
            "aws_sfn_state_machine",
            "definition",
            '{"Resource":"arn:aws:states:::aws-sdk:elasticloadbalancingv2:createListener"}',
            True,
        ),
        (
            "aws_sfn_state_machine",
            "definition",
            '{"Resource":"arn:aws:states:::aws-sdk:s3:getObject"}',
            False,
        ),
        ("aws_ec2_serial_console_access", "enabled", "true", True),
        ("aws_ec2_serial_console_access", "enabled", "false", False),
        ("aws_ssmincidents_response_plan", "action.ssm_automation", "", True),
        ("aws_applicationinsights_application", "auto_config_enabled", "true", True),
    ],
)
def test_condition(type_: str, attribute: str, value: str, *, refused: bool) -> None:
    about = [condition for condition in conditions(type_) if condition.attribute == attribute]
    assert len(about) == 1
    assert bool(about[0].denied.search(value)) is refused
