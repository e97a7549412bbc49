"""What is wrong with the translator itself."""

from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from constructs import Construct

from modules.observability.alarm import Alarm, make
from modules.observability.interface import ObservabilityInputs
from modules.observability.metrics import TURNED_AWAY, group, load_balancer, targets

# A stream may last minutes, but this metric ends where a stream begins: at the response's
# headers, which Ollama sends with the first word. It is the time a user looks at nothing: waiting
# for a free slot, then for the prompt to be read. Half a minute means that the group does not
# grow as the demand does.
FIRST_WORD_SECONDS = 30

# An instance that installs everything at boot takes up to 25 minutes until it serves.
BOOT_PERIODS = 6


def alarms(scope: Construct, inputs: ObservabilityInputs, topic: SnsTopic) -> None:
    """Alarms on capacity, errors and waiting."""
    for alarm in (*_capacity(), *_errors(), *_waiting()):
        make(scope, inputs, topic, alarm)


def _capacity() -> list[Alarm]:
    return [
        Alarm(
            name="no-healthy-host",
            why="Nobody can translate: there are instances and none is healthy. "
            "See the target group and the instances' logs.",
            # Without any instance there is no data: at night nobody is called, and whether too few
            # came in the morning is for the alarm on missing capacity.
            metrics={"healthy": targets("HealthyHostCount", "Maximum")},
            expression="IF(healthy < 1, 1, 0)",
            period=60,
            periods=5,
        ),
        Alarm(
            name="unhealthy-host",
            why="An instance has failed its health check for five minutes and was not replaced.",
            metrics={"unhealthy": targets("UnHealthyHostCount", "Maximum")},
            period=60,
            periods=5,
        ),
        Alarm(
            name="missing-capacity",
            why="For half an hour fewer instances have been in service than are desired. "
            "AWS may have no such instances left: see the group's activity history.",
            metrics={
                "desired": group("GroupDesiredCapacity"),
                "serving": group("GroupInServiceInstances"),
            },
            expression="desired - serving",
            periods=BOOT_PERIODS,
        ),
    ]


def _errors() -> list[Alarm]:
    return [
        Alarm(
            name="load-balancer-errors",
            why="The load balancer itself answered 5xx: no instance took the request, "
            "or one broke off.",
            metrics={"errors": load_balancer("HTTPCode_ELB_5XX_Count")},
            above=5,
        ),
        Alarm(
            name="target-errors",
            why="More than 5 % of the instances' answers are 5xx. See nginx's and Ollama's logs.",
            # Below twenty requests a share says nothing.
            metrics={
                "errors": targets("HTTPCode_Target_5XX_Count"),
                "requests": targets("RequestCount"),
            },
            expression="IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)",
            above=5,
            periods=2,
        ),
        Alarm(
            name="rejected-connections",
            why="The load balancer has reached its connection limit.",
            metrics={"rejected": load_balancer("RejectedConnectionCount")},
        ),
    ]


def _waiting() -> list[Alarm]:
    return [
        Alarm(
            name="latency",
            why=f"One request in twenty waits more than {FIRST_WORD_SECONDS} s for its first "
            "word. The group may have reached its maximum.",
            metrics={"waiting": targets("TargetResponseTime", "p95")},
            above=FIRST_WORD_SECONDS,
            periods=3,
        ),
        Alarm(
            name="turned-away",
            why="For a quarter of an hour requests have been refused because every slot was "
            "taken. The group may have reached its maximum.",
            metrics={"refused": TURNED_AWAY},
            above=10,
            periods=3,
        ),
    ]
