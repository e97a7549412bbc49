"""Networks at random: prover and packet simulator must say the same of who comes in."""

from typing import Any

from hypothesis import HealthCheck, event, given, settings

from policy.intent import Intent
from policy.judge import judge
from tests.policy.mutation.network_documents import Network, document
from tests.policy.mutation.random_networks import VPN, networks
from tests.policy.mutation.reading import Reading
from tests.policy.mutation.simulation import Outcome, simulate

INGRESS = {"aws_lb.main": "alb-ingress", "aws_autoscaling_group.main": "instance-ingress"}
"""Which requirement speaks of packets into what."""

PRIVATE = "instance-private"
HOLDERS = "front-doors"
"""Which requirement speaks of those who carry the load balancer's group beside it."""


def expected(outcome: Outcome) -> set[str]:
    """The requirements that refuse what the simulation saw."""
    return {
        PRIVATE if "which the internet gateway serves" in sentence else INGRESS[target]
        for sentence in outcome.opened
        for target in INGRESS
        if target in sentence
    }


def found(plan: dict[str, Any], network: Network, outcome: Outcome) -> set[str]:
    """The requirements about who comes in that refuse the plan, told as the simulation tells."""
    judgement = judge(plan, None, Intent(VPN))
    refused = {f.requirement for f in judgement.findings if f.level == "refused"}
    if HOLDERS in refused and network.holder in network.balancer:
        # The simulation has a packet from the holder where the group is let in, else none.
        refused.remove(HOLDERS)
        refused |= expected(outcome) & {"instance-ingress"}
    return refused & {*INGRESS.values(), PRIVATE, HOLDERS}


@settings(
    derandomize=True,
    max_examples=600,
    deadline=None,  # the time of one example says more of the machine than of the code
    suppress_health_check=[HealthCheck.too_slow],
)
@given(network=networks())
def test_prover_and_simulator_agree_on_who_comes_in(network: Network) -> None:
    plan = document(network)
    outcome = simulate(Reading(plan, None), VPN)
    event("opens" if outcome.opened else "holds")
    assert found(plan, network, outcome) == expected(outcome), outcome
