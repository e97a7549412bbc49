"""The machines: instances that translate, and what makes images for them."""

from typing import Any

from envs.schema import Environment
from modules.base.expressions import value
from modules.base.root import Root
from modules.encryption import Encryption
from modules.host import Host, HostInputs
from modules.image import Image, ImageInputs
from modules.inference import Inference, InferenceInputs, Instances, Scaling
from modules.load_balancer import LoadBalancer
from modules.network import Network
from modules.observability import Observability

PARENT_IMAGE = Environment.model_fields["image_id"].default.removeprefix("resolve:ssm:")
"""What a golden image begins with: what an instance without one boots from, unless set."""


def call_instances(root: Root[Any, Any], inputs: Environment, name: str) -> None:
    """What an instance boots with, and the group of them."""
    network, balancer = root.outputs(Network), root.outputs(LoadBalancer)
    keys, logs = root.outputs(Encryption), root.outputs(Observability)
    root.call(
        Host,
        HostInputs(
            region=inputs.region,
            vpc_cidr=inputs.vpc_cidr,
            domain_name=inputs.domain_name,
            model=inputs.model,
            model_source=inputs.model_source,
            context_length_tokens=inputs.context_length_tokens,
            parallel_requests=inputs.parallel_requests,
            requests_in_flight=inputs.requests_in_flight,
            requests_in_flight_per_client=inputs.requests_in_flight_per_client,
            ollama_version=inputs.ollama_version,
            ollama_sha256=inputs.ollama_sha256,
            idle_timeout_seconds=inputs.idle_timeout_seconds,
            deregistration_delay_seconds=inputs.deregistration_delay_seconds,
            # By name, not by reference: so the user data is known, and judged, at plan time.
            autoscaling_group_name=name,
            launch_hook_name=f"{name}-launch",
            instance_log_group_name=logs.instance_log_group_name,
            nginx_log_group_name=logs.nginx_log_group_name,
            metrics_namespace=name,
        ),
    )
    root.call(
        Inference,
        InferenceInputs(
            name=name,
            account_id=inputs.account_id,
            region=inputs.region,
            vpc_id=network.vpc_id,
            subnet_ids=network.private_subnet_ids,
            load_balancer_security_group_id=balancer.security_group_id,
            target_group_arn=balancer.target_group_arn,
            request_count_label=f"{balancer.arn_suffix}/{balancer.target_group_arn_suffix}",
            instances=Instances(
                image_id=inputs.image_id,
                instance_type=inputs.instance_type,
                volume_size_gib=inputs.volume_size_gib,
                volume_initialization_rate_mib=inputs.volume_initialization_rate_mib,
            ),
            scaling=Scaling(
                min_size=inputs.min_size,
                desired_size=inputs.desired_size,
                max_size=inputs.max_size,
                capacity=inputs.capacity,
                instance_type_overrides=inputs.instance_type_overrides,
                warm_pool_size=inputs.warm_pool_size,
                cpu_target_percent=inputs.cpu_target_percent,
                requests_per_target_per_minute=inputs.requests_per_target_per_minute,
                office_hours=value("var.office_hours"),
            ),
            user_data=root.outputs(Host).user_data,
            service_linked_role_arn=keys.autoscaling_role_arn,
            volume_key_arn=keys.volume_key_arn,
            log_group_arns=[logs.instance_log_group_arn, logs.nginx_log_group_arn],
            metrics_namespace=name,
            model_source=inputs.model_source,
            permissions_boundary_arn="${local.permissions_boundary_arn}",
            tags=_tags(inputs),
        ),
    )


def call_golden_image(root: Root[Any, Any], inputs: Environment, name: str) -> None:
    """What makes images of an instance's installed disk, if they are wanted."""
    keys, network, host = root.outputs(Encryption), root.outputs(Network), root.outputs(Host)
    root.call(
        Image,
        ImageInputs(
            name=name,
            account_id=inputs.account_id,
            region=inputs.region,
            vpc_id=network.vpc_id,
            subnet_id="${module.network.private_subnet_ids[0]}",
            parent_image=f"ssm:{PARENT_IMAGE}",
            instance_type=inputs.instance_type,
            volume_size_gib=inputs.volume_size_gib,
            volume_key_arn=keys.volume_key_arn,
            build_script=host.image_build_script,
            model_source=inputs.model_source,
            test_script=host.image_test_script,
            schedule=value('var.golden_image == "weekly" ? "weekly" : "on_request"'),
            log_retention_days=inputs.log_retention_days,
            log_key_arn=keys.log_key_arn,
            permissions_boundary_arn="${local.permissions_boundary_arn}",
            tags=_tags(inputs),
        ),
        when='var.golden_image != "none"',
    )


def _tags(inputs: Environment) -> dict[str, str]:
    """What the provider's default tags do not reach: machines that AWS starts by itself."""
    return {
        "project": inputs.project,
        "environment": inputs.environment,
        "owner": inputs.owner,
    }
