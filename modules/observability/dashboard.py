"""The translator at a glance."""

import json
from typing import Any

from cdktf import TerraformLocal
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from constructs import Construct

from modules.observability.interface import ObservabilityInputs
from modules.observability.metrics import (
    GROUP,
    TURNED_AWAY,
    Metric,
    distribution,
    group,
    load_balancer,
    targets,
    web_acl,
)

WIDTH, HEIGHT, PER_ROW = 8, 6, 3
REGION = "${var.region}"
GLOBAL = "us-east-1"


def dashboard(scope: Construct, inputs: ObservabilityInputs) -> CloudwatchDashboard:
    """One dashboard: the API in the first rows, then the way out, then the UI."""
    graphs = [*_api(), *_instances(), *_nat(scope), *_ui()]
    widgets = [
        {**graph, "x": number % PER_ROW * WIDTH, "y": number // PER_ROW * HEIGHT}
        for number, graph in enumerate(graphs)
    ]
    return CloudwatchDashboard(
        scope,
        "aws_cloudwatch_dashboard.this",
        dashboard_name=inputs.name,
        # JSON is an HCL expression as it is; its strings hold bare references, for cdktf's own
        # `Fn.jsonencode` would take those for text, and cdktf's tokens do not nest in text.
        dashboard_body=f"${{jsonencode({json.dumps({'widgets': widgets})})}}",
    )


def _api() -> list[dict[str, Any]]:
    seconds = {p: targets("TargetResponseTime", p) for p in ("p50", "p95", "p99")}
    return [
        _graph("Requests", _lines(requests=targets("RequestCount"))),
        _graph("Seconds to the first word", _lines(**seconds)),
        _graph(
            "Errors",
            _lines(
                instances_4xx=targets("HTTPCode_Target_4XX_Count"),
                instances_5xx=targets("HTTPCode_Target_5XX_Count"),
                load_balancer_4xx=load_balancer("HTTPCode_ELB_4XX_Count"),
                load_balancer_5xx=load_balancer("HTTPCode_ELB_5XX_Count"),
            ),
        ),
    ]


def _instances() -> list[dict[str, Any]]:
    return [
        _graph(
            "Instances",
            _lines(
                desired=group("GroupDesiredCapacity"),
                in_service=group("GroupInServiceInstances"),
                healthy=targets("HealthyHostCount", "Minimum"),
            ),
        ),
        _graph(
            "CPU, per cent",
            _lines(
                average=Metric("AWS/EC2", "CPUUtilization", GROUP, "Average"),
                highest=Metric("AWS/EC2", "CPUUtilization", GROUP, "Maximum"),
            ),
        ),
        _graph("Turned away", _lines(requests=TURNED_AWAY)),
    ]


def _nat(scope: Construct) -> list[dict[str, Any]]:
    """A line for each NAT gateway, labelled by its zone."""
    graphs: list[dict[str, Any]] = []
    for local, title, metric in (
        ("nat_bytes", "NAT, bytes to the internet", "BytesOutToDestination"),
        ("nat_ports", "NAT, ports not found", "ErrorPortAllocation"),
        ("nat_drops", "NAT, packets dropped", "PacketsDropCount"),
    ):
        line = f'["AWS/NATGateway", "{metric}", "NatGatewayId", id, {{stat = "Sum", label = zone}}]'
        lines = f"${{[for zone, id in var.nat_gateway_ids : {line}]}}"
        TerraformLocal(scope, f"local.{local}", lines)
        graphs.append(_graph(title, f"${{local.{local}}}"))
    return graphs


def _ui() -> list[dict[str, Any]]:
    errors = _lines(
        client_4xx=distribution("4xxErrorRate", "Average"),
        server_5xx=distribution("5xxErrorRate", "Average"),
    )
    firewall = _lines(blocked=web_acl("BlockedRequests"), allowed=web_acl("AllowedRequests"))
    return [
        _graph("UI, requests", _lines(requests=distribution("Requests", "Sum")), GLOBAL),
        _graph("UI, errors, per cent", errors, GLOBAL),
        _graph("UI, firewall", firewall, GLOBAL),
    ]


def _graph(title: str, lines: list[list[Any]] | str, region: str = REGION) -> dict[str, Any]:
    return {
        "type": "metric",
        "width": WIDTH,
        "height": HEIGHT,
        "properties": {
            "title": title,
            "region": region,
            "view": "timeSeries",
            "period": 60,
            "metrics": lines,
            "yAxis": {"left": {"min": 0}},
        },
    }


def _lines(**metrics: Metric) -> list[list[Any]]:
    """The metrics as CloudWatch's dashboards write them, labelled by their keywords."""
    return [
        [
            metric.namespace,
            metric.name,
            *(part for dimension in metric.dimensions.items() for part in dimension),
            {"stat": metric.statistic, "label": label.replace("_", " ")},
        ]
        for label, metric in metrics.items()
    ]
