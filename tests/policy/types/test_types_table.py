"""What the table says of types that matter, and that it says it well and fast."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from policy.types import (
    PROVIDERS,
    conditions,
    entry,
    group_attributes,
    nested_blocks,
    subnet_attributes,
    target_attributes,
)
from policy.types.sections import read_sections
from policy.types.table import Mode, conditional, listed

ROOT = Path(__file__).parents[3]

KINDS = {
    "modelled": """
        aws_vpc aws_default_subnet aws_internet_gateway_attachment aws_route
        aws_main_route_table_association aws_default_network_acl aws_default_security_group
        aws_vpc_security_group_ingress_rule aws_ec2_managed_prefix_list_entry aws_alb
        aws_alb_listener_rule aws_lb_target_group_attachment aws_spot_fleet_request aws_ec2_fleet
        aws_network_interface_sg_attachment aws_autoscaling_traffic_source_attachment
        aws_vpc_security_group_vpc_association aws_vpc_peering_connection_options
        aws_ec2_transit_gateway_vpc_attachment aws_launch_configuration aws_eip_association
        aws_s3_bucket_website_configuration aws_cloudfront_distribution aws_flow_log
    """,
    "harmless": """
        aws_iam_role_policy aws_sns_topic aws_sqs_queue aws_dynamodb_table aws_kms_key
        aws_cloudwatch_metric_alarm aws_route53_record aws_acm_certificate aws_ecr_repository
        aws_s3_object aws_s3_bucket_versioning aws_ssm_parameter aws_budgets_budget
        aws_autoscaling_policy aws_autoscaling_lifecycle_hook aws_cognito_user_pool
        aws_wafv2_web_acl_association aws_cloudwatch_log_delivery aws_lambda_permission
        aws_iam_service_linked_role aws_cloudfront_cache_policy aws_db_parameter_group
        aws_route53_zone aws_lb_trust_store aws_ssm_document aws_ecs_task_definition
        null_resource terraform_data random_password tls_private_key local_file time_sleep
    """,
    "attached": """
        aws_ec2_instance_connect_endpoint aws_lambda_function aws_lambda_event_source_mapping
        aws_ecs_service aws_ecs_capacity_provider aws_eks_cluster aws_db_instance
        aws_db_option_group aws_vpc_endpoint aws_vpc_endpoint_security_group_association
        aws_vpc_endpoint_service aws_api_gateway_vpc_link aws_apigatewayv2_integration
        aws_api_gateway_rest_api aws_globalaccelerator_endpoint_group
        aws_globalaccelerator_custom_routing_endpoint_group
        aws_cloudfront_vpc_origin aws_verifiedaccess_endpoint aws_vpclattice_target_group_attachment
        aws_vpclattice_resource_gateway aws_elb aws_elb_attachment aws_ram_resource_association
        aws_network_interface_permission aws_ec2_traffic_mirror_session
        aws_ec2_client_vpn_endpoint aws_codedeploy_deployment_group aws_scheduler_schedule
        aws_cloudwatch_event_target aws_pipes_pipe aws_imagebuilder_distribution_configuration
        aws_gamelift_game_server_group aws_route53_resolver_endpoint aws_networkmonitor_probe
        aws_iot_topic_rule_destination aws_s3outposts_endpoint aws_workspaces_directory
        aws_drs_replication_configuration_template aws_prometheus_scraper aws_vpc_route_server_peer
        aws_sfn_state_machine aws_sagemaker_pipeline
        aws_networkmanager_vpc_attachment aws_ec2_transit_gateway_route aws_medialive_channel
    """,
    "refused": """
        aws_cloudformation_stack aws_cloudformation_stack_set_instance aws_cloudformation_type
        aws_cloudcontrolapi_resource aws_serverlessapplicationrepository_cloudformation_stack
        aws_servicecatalog_provisioned_product aws_sagemaker_project aws_datazone_environment
        aws_cloud9_environment_ec2 aws_elastic_beanstalk_environment aws_opsworks_custom_layer
        aws_ssm_association aws_ssm_maintenance_window_task aws_ssmquicksetup_configuration_manager
        aws_config_remediation_configuration aws_config_conformance_pack aws_fms_policy
        aws_lambda_invocation aws_datapipeline_pipeline_definition
        aws_backup_restore_testing_selection aws_vpc_route_server_propagation
        aws_controltower_landing_zone
    """,
}


@pytest.mark.parametrize(
    ("type_", "kind"), [(type_, kind) for kind, types in KINDS.items() for type_ in types.split()]
)
def test_kind(type_: str, kind: str) -> None:
    found = entry(type_)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "type_",
    [
        "aws_bedrockagentcore_gateway",
        "aws_vpc_",
        "aws_",
        "",
        "vpc",
        "awscc_ec2_vpc",
        "shell_script",
    ],
)
def test_a_type_of_tomorrow_or_of_another_provider_is_outside(type_: str) -> None:
    assert entry(type_) is None
    assert group_attributes(type_) == ()
    assert subnet_attributes(type_) == ()
    assert target_attributes(type_) == ()
    assert conditions(type_) == ()
    assert nested_blocks(type_) == {}


@pytest.mark.parametrize(
    ("type_", "mode", "kind"),
    [
        ("aws_ami", "data", "harmless"),
        ("aws_iam_policy_document", "data", "harmless"),
        ("aws_lambda_invocation", "data", "refused"),
        ("aws_lambda_invocation", "ephemeral", "refused"),
        ("aws_ssm_parameter", "ephemeral", "harmless"),
        ("random_password", "ephemeral", "harmless"),
        ("aws_ecs_task_execution", "data", "refused"),
        ("external", "data", "refused"),
        ("local_command", "data", "refused"),
        ("terraform_remote_state", "data", "harmless"),
        ("http", "data", "harmless"),
        ("shell_script", "data", None),
        ("terraform_data", "data", None),
    ],
)
def test_reading_opens_nothing_but_where_it_runs_something(
    type_: str, mode: Mode, kind: str | None
) -> None:
    found = entry(type_, mode)
    assert (found.kind if found else None) == kind


def test_every_reason_is_a_sentence_and_every_refusal_tells_the_mend() -> None:
    sentence = re.compile(r"[A-Z][^\n]{15,}[a-zA-Z0-9)]\.")
    for type_ in listed():
        found = entry(type_)
        assert found is not None
        assert sentence.fullmatch(found.reason), type_
        assert bool(found.mend) == (found.kind == "refused"), type_
        assert not found.mend or sentence.fullmatch(found.mend), type_
    for type_ in conditional():
        for condition in conditions(type_):
            assert sentence.fullmatch(condition.reason), type_
            assert sentence.fullmatch(condition.mend), type_


def test_every_type_belongs_to_a_known_provider() -> None:
    for mode in ("managed", "data", "ephemeral"):
        assert {type_.split("_")[0] for type_ in listed(mode)} <= set(PROVIDERS)


def test_the_table_is_read_within_30_milliseconds() -> None:
    script = (
        "import time, policy.types as t; s = time.process_time();"
        "t.entry('aws_lb'); t.conditions('aws_lb'); t.group_attributes('aws_lb');"
        "t.nested_blocks('aws_lb'); print(time.process_time() - s)"
    )
    seconds = [
        float(
            subprocess.run(  # noqa: S603 # this interpreter
                [sys.executable, "-c", script],
                cwd=ROOT,
                capture_output=True,
                check=True,
                timeout=60,
            ).stdout
        )
        for _ in range(3)
    ]
    assert min(seconds) < 0.03


@pytest.mark.parametrize(
    "text",
    ["types: aws_lb\n", "[a]\n    aws_lb\n", "[a]\nno colon here\n", "[a]\nx: 1\nx: 2\n"],
)
def test_a_section_file_that_is_none_is_an_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"table\.txt, line \d"):
        read_sections(path)
