"""Changes to who carries which group, and to what stands before the load balancer."""

from collections.abc import Iterator
from typing import Any

from tests.policy.mutation.draft import Draft
from tests.policy.mutation.mutants import (
    BALANCER,
    BALANCER_GROUP,
    DEFAULT_GROUP,
    ENDPOINT_GROUP,
    FLEET,
    INSTANCE_GROUP,
    LISTENER,
    STRANGER,
    TARGET_GROUP,
    TEMPLATE,
    Edit,
    Mutant,
    addresses,
    carrying,
    listed,
    one_of_each,
    pointing,
    putting,
    short,
)

OTHERS = (INSTANCE_GROUP, BALANCER_GROUP, ENDPOINT_GROUP, DEFAULT_GROUP, STRANGER)
VPC_PARTS = {
    "subnet_ids": "${module.network.private_subnet_ids}",
    "subnet_id": "${module.network.private_subnet_ids[0]}",
}


def groups(base: Draft) -> Iterator[Mutant]:
    """The load balancer and the instances with a further group, or another one instead."""
    del base
    for own, address, path in (
        (BALANCER_GROUP, BALANCER, ("security_groups",)),
        (INSTANCE_GROUP, TEMPLATE, ("network_interfaces", 0, "security_groups")),
    ):
        for other in OTHERS:
            if other != own:
                edit = carrying(address, *path, groups=(own, other))
                yield Mutant("group", f"{short(other)} beside that of {short(address)}", edit)
                edit = carrying(address, *path, groups=(other,))
                yield Mutant("group", f"{short(other)} instead of that of {short(address)}", edit)
        edit = carrying(address, *path, groups=(own, own))
        yield Mutant("group", f"of {short(address)} written twice", edit)


def endpoints(base: Draft) -> Iterator[Mutant]:
    """An interface endpoint with the group of the load balancer or of the instances."""
    for endpoint in one_of_each(base, addresses(base, "aws_vpc_endpoint")):
        if "interface" in endpoint:
            for other in (BALANCER_GROUP, INSTANCE_GROUP):
                edit = carrying(endpoint, "security_group_ids", groups=(ENDPOINT_GROUP, other))
                yield Mutant("holder", f"{short(endpoint)} with {short(other)}", edit)


def holders(base: Draft) -> Iterator[Mutant]:
    """Something new that carries a group of the plan."""
    del base
    for group in (BALANCER_GROUP, INSTANCE_GROUP, ENDPOINT_GROUP):
        for kind, attribute in (
            ("aws_network_interface", "security_groups"),
            ("aws_ec2_instance_connect_endpoint", "security_group_ids"),
            ("aws_lambda_function", "vpc_config"),
            ("aws_lb", "security_groups"),
        ):
            yield Mutant("holder", f"{kind} with {short(group)}", _holder(kind, attribute, group))
        yield Mutant("holder", f"a listening aws_lb with {short(group)}", _listening(group))


def _holder(kind: str, attribute: str, group: str) -> Edit:
    def edit(draft: Draft) -> None:
        carried = [listed(draft, group, "")]
        known: dict[str, Any] = {}
        unknown: dict[str, Any] = {attribute: carried}
        if kind == "aws_lambda_function":
            image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/added:1"
            known = {"function_name": "added", "package_type": "Image", "image_uri": image}
            known["role"] = "arn:aws:iam::111122223333:role/added"
            subnets = VPC_PARTS["subnet_ids"]
            unknown = {"vpc_config": [{"security_group_ids": carried, "subnet_ids": subnets}]}
        elif kind == "aws_lb":
            known = {"name": "added", "load_balancer_type": "application", "internal": True}
            unknown["subnets"] = VPC_PARTS["subnet_ids"]
        else:
            unknown["subnet_id"] = VPC_PARTS["subnet_id"]
        draft.add(f"{kind}.added", known, unknown)

    return edit


def _listening(group: str) -> Edit:
    """A load balancer of its own that answers by itself, beside ours."""

    def edit(draft: Draft) -> None:
        _holder("aws_lb", "security_groups", group)(draft)
        known = {
            "port": 443,
            "protocol": "HTTPS",
            "certificate_arn": "arn:aws:acm:eu-west-1:111122223333:certificate/1",
            "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            "default_action": [{"type": "fixed-response", "fixed_response": FIXED}],
        }
        draft.add("aws_lb_listener.added", known, {"load_balancer_arn": "${aws_lb.added.arn}"})

    return edit


def fronts(base: Draft) -> Iterator[Mutant]:
    """Something new before the load balancer or the instances."""
    del base
    yield Mutant("front", "a network load balancer before the load balancer", _before_balancer)
    yield Mutant("front", "a network load balancer before the instances", _before_instances)
    yield Mutant("front", "a global accelerator before the load balancer", _accelerator)


def _network_balancer(draft: Draft, target: str) -> None:
    known: dict[str, Any] = {"name": "front", "load_balancer_type": "network", "internal": False}
    subnets = {"subnets": "${module.network.public_subnet_ids}"}
    draft.add("aws_lb.front", known, subnets)
    action = [{"type": "forward", "target_group_arn": target}]
    unknown = {"load_balancer_arn": "${aws_lb.front.arn}", "default_action": action}
    draft.add("aws_lb_listener.front", {"port": 443, "protocol": "TCP"}, unknown)
    entry = draft.change("aws_lb_listener.front")["change"]
    entry["after"]["default_action"] = [{"type": "forward"}]
    entry["after_unknown"]["default_action"] = [{"target_group_arn": True}]


def _before_balancer(draft: Draft) -> None:
    known = {"name": "front", "port": 443, "protocol": "TCP", "target_type": "alb"}
    vpc = {"vpc_id": "${module.network.vpc_id}"}
    draft.add("aws_lb_target_group.front", known, vpc)
    _network_balancer(draft, "${aws_lb_target_group.front.arn}")
    unknown = {
        "target_group_arn": "${aws_lb_target_group.front.arn}",
        "target_id": "${module.load_balancer.arn}",
    }
    draft.add("aws_lb_target_group_attachment.front", {"port": 443}, unknown)


def _before_instances(draft: Draft) -> None:
    _network_balancer(draft, "${module.load_balancer.target_group_arn}")


def _accelerator(draft: Draft) -> None:
    listener = "arn:aws:globalaccelerator::111122223333:accelerator/1234/listener/5678"
    draft.add(
        "aws_globalaccelerator_endpoint_group.front",
        {"listener_arn": listener},
        {"endpoint_configuration": [{"endpoint_id": "${module.load_balancer.arn}"}]},
    )
    entry = draft.change("aws_globalaccelerator_endpoint_group.front")["change"]
    entry["after"]["endpoint_configuration"] = [{"weight": 128}]
    entry["after_unknown"]["endpoint_configuration"] = [{"endpoint_id": True}]


def listeners(base: Draft) -> Iterator[Mutant]:
    """The listener on another port or protocol, without its target, gone, and further ones."""
    del base
    yield Mutant("listener", "left out", lambda draft: draft.drop(LISTENER))
    for port in (80, 442, 444, 8443, 11434):
        yield Mutant("listener", f"on {port}", putting(LISTENER, "port", value=port))
    yield Mutant("listener", "in plain text", putting(LISTENER, "protocol", value="HTTP"))
    yield Mutant("listener", "answers by itself", _answering)
    yield Mutant("listener", "forwards to a group without targets", _to_nobody)
    for port, protocol in ((80, "HTTP"), (443, "HTTP"), (8443, "HTTPS"), (22, "HTTP")):
        edit = _listener(port, protocol)
        yield Mutant("listener", f"one more on {port} {protocol}", edit)


FIXED = [{"content_type": "text/plain", "message_body": "closed", "status_code": "503"}]


def _answering(draft: Draft) -> None:
    draft.put(LISTENER, ("default_action", 0, "target_group_arn"), None)
    draft.put(LISTENER, ("default_action", 0, "type"), "fixed-response")
    draft.put(LISTENER, ("default_action", 0, "fixed_response"), FIXED)


def _to_nobody(draft: Draft) -> None:
    known = {"name": "nobody", "port": 11434, "protocol": "HTTP", "target_type": "instance"}
    nobody = "module.load_balancer.aws_lb_target_group.nobody"
    draft.add(nobody, known, {"vpc_id": "${var.vpc_id}"})
    pointing(LISTENER, "default_action", 0, "target_group_arn", to=nobody, attribute="arn")(draft)


def _listener(port: int, protocol: str) -> Edit:
    def edit(draft: Draft) -> None:
        known: dict[str, Any] = {
            "port": port,
            "protocol": protocol,
            "default_action": [{"type": "fixed-response", "fixed_response": FIXED}],
        }
        unknown = {"load_balancer_arn": "${aws_lb.this.arn}"}
        if protocol == "HTTPS":
            known["ssl_policy"] = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
            unknown["certificate_arn"] = "${var.certificate_arn}"
        draft.add("module.load_balancer.aws_lb_listener.added", known, unknown)

    return edit


def targets(base: Draft) -> Iterator[Mutant]:
    """The target group on other ports, its health check, and who joins it."""
    del base
    for port in (80, 443, 8080, 11433, 11435):
        yield Mutant("target", f"port {port}", putting(TARGET_GROUP, "port", value=port))
        edit = putting(TARGET_GROUP, "health_check", 0, "port", value=str(port))
        yield Mutant("target", f"health check on port {port}", edit)
    edit = putting(TARGET_GROUP, "health_check", 0, "port", value="11434")
    yield Mutant("target", "health check on port 11434 by number", edit)
    edit = putting(TARGET_GROUP, "health_check", 0, "path", value="/open")
    yield Mutant("target", "health check of another path", edit)
    yield Mutant("target", "in TLS", putting(TARGET_GROUP, "protocol", value="HTTPS"))
    edit = putting(FLEET, "target_group_arns", value=[])
    yield Mutant("target", "joined by no instance", edit)


def places(base: Draft) -> Iterator[Mutant]:
    """Instances and load balancer in other subnets, with and without public addresses."""
    del base
    edit = putting(TEMPLATE, "network_interfaces", 0, "associate_public_ip_address", value="true")
    yield Mutant("place", "instances with public addresses", edit)
    for address, attribute in ((FLEET, "vpc_zone_identifier"), (BALANCER, "subnets")):
        for tier in ("public", "private"):
            edit = _in_subnets(address, attribute, tier)
            yield Mutant("place", f"{short(address)} in the {tier} subnets", edit)
    for internal in (True, False):
        edit = putting(BALANCER, "internal", value=internal)
        yield Mutant("place", f"load balancer internal: {str(internal).lower()}", edit)


def _in_subnets(address: str, attribute: str, tier: str) -> Edit:
    def edit(draft: Draft) -> None:
        module = address.split(".")[1]
        name = "handed_subnets"
        draft.declare(module, name, "list(string)")
        draft.pass_input(module, name, f"${{module.network.{tier}_subnet_ids}}")
        draft.refer(address, (attribute,), f"${{var.{name}}}")

    return edit


OPERATORS = (groups, endpoints, holders, fronts, listeners, targets, places)
