"""What is wrong with the way out."""

from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from constructs import Construct

from modules.base.expressions import for_each
from modules.observability.alarm import Alarm, make
from modules.observability.interface import ObservabilityInputs
from modules.observability.metrics import nat


def nat_alarms(scope: Construct, inputs: ObservabilityInputs, topic: SnsTopic) -> None:
    """Two alarms for each NAT gateway."""
    gateways = for_each("var.nat_gateway_ids")
    for alarm in (_ports(), _drops()):
        make(scope, inputs, topic, alarm, for_each=gateways)


def _ports() -> Alarm:
    return Alarm(
        name="nat-ports",
        why="The NAT gateway has no port left for one destination: connections fail.",
        metrics={"failed": nat("ErrorPortAllocation", "${each.value}")},
    )


def _drops() -> Alarm:
    # AWS asks for a support case above 0.01 % of the traffic; a few packets are no traffic.
    return Alarm(
        name="nat-drops",
        why="The NAT gateway drops more than one packet in ten thousand: a fault at AWS.",
        metrics={
            "dropped": nat("PacketsDropCount", "${each.value}"),
            "sent": nat("PacketsInFromSource", "${each.value}"),
            "received": nat("PacketsInFromDestination", "${each.value}"),
        },
        expression="IF(dropped > 10, 100 * dropped / (sent + received), 0)",
        above=0.01,
        periods=3,
    )
