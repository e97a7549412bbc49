"""What somebody changes by hand is found, named and, where Terraform made it, closed again."""

from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.apply.emulated import REGION
from tests.apply.faults.conftest import Bare

pytestmark = pytest.mark.xdist_group("changed by hand")

ANYONE = "0.0.0.0/0"
SAME = "local: nothing changed behind Terraform's back.\n"


STRANGERS = {
    "rule": (
        "aws_security_group.instances: ingress of tcp 22 from 0.0.0.0/0 ({rule})",
        (
            "aws ec2 revoke-security-group-ingress --region us-east-1 --group-id"
            " {aws_security_group.instances} --security-group-rule-ids {rule}"
        ),
    ),
    "listener": (
        (
            "aws_lb.this: a listener for HTTP on 80 that forwards to"
            " ollama-translator-local ({listener})"
        ),
        "aws elbv2 delete-listener --region us-east-1 --listener-arn {listener}",
    ),
    "target": (
        "aws_lb_target_group.ollama: the target {machine}, which gets users' texts",
        (
            "aws elbv2 deregister-targets --region us-east-1 --target-group-arn"
            " {aws_lb_target_group.ollama} --targets Id={machine}"
        ),
    ),
    "group": (
        (
            "aws_security_group.lb: carried by the network interface {interface}, and so"
            " let through like what it is for"
        ),
        (
            "aws ec2 modify-network-interface-attribute --region us-east-1"
            " --network-interface-id {interface} --groups … # now: {aws_security_group.lb}"
        ),
    ),
    "peering": (
        "aws_vpc.this: the peering {peering} with {vpc} of account 123456789012",
        (
            "aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id {peering}"
            " --region us-east-1"
        ),
    ),
    "route": (
        "aws_route_table.public: a route to 10.99.0.0/16 by {peering}",
        (
            "aws ec2 delete-route --region us-east-1 --route-table-id"
            " {aws_route_table.public} --destination-cidr-block 10.99.0.0/16"
        ),
    ),
    "endpoint": (
        "aws_vpc.this: the endpoint {endpoint} for com.amazonaws.us-east-1.ssm",
        "aws ec2 delete-vpc-endpoints --vpc-endpoint-ids {endpoint} --region us-east-1",
    ),
    "balancer": (
        "aws_vpc.this: the internet-facing load balancer other ({balancer})",
        ("aws elbv2 delete-load-balancer --region us-east-1 --load-balancer-arn {balancer}"),
    ),
    "list": (
        "aws_s3_bucket.ui: an access control list that grants everybody READ",
        ("aws s3api put-bucket-acl --region us-east-1 --bucket {aws_s3_bucket.ui} --acl private"),
    ),
}
"""What stands there besides, by what it is: how it is named, and what removes it."""


class Hand:
    """Somebody with a console: what they change, and how it is put right where no plan does it."""

    def __init__(self, bare: Bare) -> None:
        clients = {each: bare.aws.client(each) for each in ("ec2", "elbv2", "s3", "logs")}
        self.ec2, self.elb, self.s3, self.logs = clients.values()
        self.ids = {
            f"{each['type']}.{each['name']}": each["instances"][0]["attributes"]["id"]
            for each in bare.state()["resources"]
        }
        self.made: dict[str, str] = {}

    def change(self) -> None:
        """Open, add and delete."""
        self._change_what_is_ours()
        self._add_to_groups_and_balancer()
        self._add_to_the_vpc()

    def _change_what_is_ours(self) -> None:
        ids, rule = self.ids, "aws_vpc_security_group_ingress_rule.vpn"
        anyone = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": ANYONE}
        changed = {"SecurityGroupRuleId": ids[rule], "SecurityGroupRule": anyone}
        group = ids["aws_security_group.lb"]
        self.ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[changed])
        egress = ids["aws_vpc_security_group_egress_rule.instances"]
        self.ec2.revoke_security_group_egress(GroupId=group, SecurityGroupRuleIds=[egress])
        self.logs.delete_log_group(logGroupName=ids["aws_cloudwatch_log_group.this"])
        self.s3.delete_bucket_policy(Bucket=ids["aws_s3_bucket.ui"])

    def _add_to_groups_and_balancer(self) -> None:
        ids = self.ids
        ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": ANYONE}]}
        self.made["rule"] = self.ec2.authorize_security_group_ingress(
            GroupId=ids["aws_security_group.instances"], IpPermissions=[ssh]
        )["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        self.made["listener"] = self.elb.create_listener(
            LoadBalancerArn=ids["aws_lb.this"],
            Port=80,
            Protocol="HTTP",
            DefaultActions=[
                {"Type": "forward", "TargetGroupArn": ids["aws_lb_target_group.ollama"]}
            ],
        )["Listeners"][0]["ListenerArn"]
        self.made["interface"] = self.ec2.create_network_interface(
            SubnetId=ids["aws_subnet.this"], Groups=[ids["aws_security_group.lb"]]
        )["NetworkInterface"]["NetworkInterfaceId"]
        self.made["machine"] = self.ec2.run_instances(
            ImageId="ami-12c6146b", MinCount=1, MaxCount=1, SubnetId=ids["aws_subnet.this"]
        )["Instances"][0]["InstanceId"]
        target = [{"Id": self.made["machine"], "Port": 11434}]
        self.elb.register_targets(TargetGroupArn=ids["aws_lb_target_group.ollama"], Targets=target)
        self.s3.put_bucket_acl(Bucket=ids["aws_s3_bucket.ui"], ACL="public-read")

    def _add_to_the_vpc(self) -> None:
        ours, table = self.ids["aws_vpc.this"], self.ids["aws_route_table.public"]
        self.made["vpc"] = self.ec2.create_vpc(CidrBlock="10.99.0.0/16")["Vpc"]["VpcId"]
        self.made["peering"] = self.ec2.create_vpc_peering_connection(
            VpcId=self.made["vpc"], PeerVpcId=ours
        )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.ec2.create_route(
            RouteTableId=table,
            DestinationCidrBlock="10.99.0.0/16",
            VpcPeeringConnectionId=self.made["peering"],
        )
        self.made["endpoint"] = self.ec2.create_vpc_endpoint(
            VpcId=ours,
            ServiceName=f"com.amazonaws.{REGION}.ssm",
            VpcEndpointType="Interface",
            SubnetIds=[self.ids["aws_subnet.this"]],
        )["VpcEndpoint"]["VpcEndpointId"]
        self.made["balancer"] = self.elb.create_load_balancer(
            Name="other", Subnets=[self.ids["aws_subnet.this"]], Scheme="internet-facing"
        )["LoadBalancers"][0]["LoadBalancerArn"]

    def take_away(self) -> None:
        """Undo what stands there besides."""
        made, group = self.made, self.ids["aws_security_group.instances"]
        self.elb.delete_load_balancer(LoadBalancerArn=made["balancer"])
        self.elb.delete_listener(ListenerArn=made["listener"])
        target = [{"Id": made["machine"], "Port": 11434}]
        targets = self.ids["aws_lb_target_group.ollama"]
        self.elb.deregister_targets(TargetGroupArn=targets, Targets=target)
        self.ec2.delete_vpc_endpoints(VpcEndpointIds=[made["endpoint"]])
        self.ec2.delete_route(
            RouteTableId=self.ids["aws_route_table.public"], DestinationCidrBlock="10.99.0.0/16"
        )
        self.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=made["peering"])
        self.ec2.delete_network_interface(NetworkInterfaceId=made["interface"])
        self.ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[made["rule"]])
        self.s3.put_bucket_acl(Bucket=self.ids["aws_s3_bucket.ui"], ACL="private")

    def rules(self) -> set[tuple[Any, ...]]:
        """Every rule of our groups, as AWS tells them."""
        groups = [self.ids[f"aws_security_group.{each}"] for each in ("lb", "instances")]
        asked = [{"Name": "group-id", "Values": groups}]
        found = self.ec2.describe_security_group_rules(Filters=asked)["SecurityGroupRules"]
        return {(one["IsEgress"], one["FromPort"], one.get("CidrIpv4")) for one in found}


@pytest.fixture(scope="module")
def hand(bare: Bare) -> Hand:
    """The stack is applied, and then somebody comes."""
    bare.extend(2, balanced=True)
    for command in ("plan", "apply"):
        done = bare.make(command, "local")
        assert done.returncode == 0, done.stderr
    hand = Hand(bare)
    hand.change()
    return hand


@pytest.fixture(scope="module")
def drift(bare: Bare, hand: Hand) -> CompletedProcess[str]:
    """`make drift` then, which changes nothing."""
    assert hand.made
    before = len(bare.way.changes)
    done = bare.make("drift", "local")
    assert bare.way.changes[before:] == []
    return done


@pytest.fixture(scope="module")
def closed(bare: Bare, drift: CompletedProcess[str]) -> str:
    """What the next plan said, once it is applied."""
    assert drift.returncode == 2
    planned = bare.make("plan", "local")
    assert planned.returncode == 0, planned.stderr
    done = bare.make("apply", "local")
    assert done.returncode == 0, done.stderr
    return planned.stdout


def test_what_terraform_can_see_is_named(drift: CompletedProcess[str]) -> None:
    assert drift.returncode == 2, drift.stdout + drift.stderr
    lines = drift.stdout.splitlines()
    assert lines[0] == "local: changed behind Terraform's back:"
    for line in (
        "aws_vpc_security_group_ingress_rule.vpn: cidr_ipv4",
        "aws_vpc_security_group_egress_rule.instances: is gone",
        "aws_cloudwatch_log_group.this[0]: is gone",
        "aws_s3_bucket_policy.ui: is gone",
    ):
        assert f"  {line}" in lines


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_no_plan_shows_is_named_with_what_removes_it(
    hand: Hand, drift: CompletedProcess[str], kind: str
) -> None:
    said, removed = STRANGERS[kind]
    for name, value in {**hand.made, **hand.ids}.items():
        said, removed = (each.replace(f"{{{name}}}", value) for each in (said, removed))
    lines = drift.stdout.splitlines()
    assert f"  {said}, which no resource wrote" in lines
    assert lines[lines.index(f"  {said}, which no resource wrote") + 1].strip() == removed


def test_nothing_of_ours_is_taken_for_a_stranger(drift: CompletedProcess[str]) -> None:
    assert drift.stdout.count("which no resource wrote") == len(STRANGERS)


def test_no_rule_is_removed_unasked(bare: Bare, drift: CompletedProcess[str]) -> None:
    assert drift.returncode == 2
    before = len(bare.way.changes)
    done = bare.make("close", "local")

    assert done.returncode == 1
    assert "say CONFIRM=local to remove these rules of local." in done.stderr
    assert bare.way.changes[before:] == []


def test_the_next_apply_closes_what_terraform_made(hand: Hand, closed: str) -> None:
    assert "local: 3 to add, 1 to change" in closed
    vpn = (False, 443, "192.0.2.0/24")
    ours = {vpn, (False, 11434, None), (True, 11434, None)}
    assert hand.rules() == {*ours, (False, 22, ANYONE)}
    hand.take_away()
    assert hand.rules() == ours


def test_then_nothing_is_left_to_tell(bare: Bare, closed: str) -> None:
    assert closed
    done = bare.make("drift", "local")
    assert (done.returncode, done.stdout) == (0, SAME), done.stdout
