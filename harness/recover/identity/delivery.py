"""What serves the page: CloudFront, its firewall, and the records that lead there."""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.identity.known import Find, Found, Identities
from harness.recover.planned import Planned

BY_NAME = "its name"


def _distribution(want: Planned, account: Account) -> Iterator[Found]:
    """AWS lets no two distributions have one alias."""
    operation, path = "list_distributions", "DistributionList.Items"
    for row in account.rows("cloudfront", want.region, operation, path):
        if set(row["Aliases"].get("Items", [])) & set(want["aliases"]):
            yield Found(row["Id"], "its host name", row["ARN"])


def _origin_access_control(want: Planned, account: Account) -> Iterator[Found]:
    operation, path = "list_origin_access_controls", "OriginAccessControlList.Items"
    for row in account.rows("cloudfront", want.region, operation, path):
        if row["Name"] == want["name"]:
            yield Found(row["Id"], BY_NAME)


def _edge_policy(operation: str, kind: str) -> Find:
    def find(want: Planned, account: Account) -> Iterator[Found]:
        path = f"{kind}List.Items[].{kind}"
        for row in account.rows("cloudfront", want.region, operation, path, Type="custom"):
            if row[f"{kind}Config"]["Name"] == want["name"]:
                yield Found(row["Id"], BY_NAME)

    return find


def _firewall(operation: str, path: str) -> Find:
    def find(want: Planned, account: Account) -> Iterator[Found]:
        for row in account.rows("wafv2", want.region, operation, path, Scope=want["scope"]):
            if row["Name"] == want["name"]:
                yield Found(f"{row['Id']}/{row['Name']}/{want['scope']}", BY_NAME, row["ARN"])

    return find


def _firewall_log(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"ResourceArn": want["resource_arn"]}
    operation, absent = "get_logging_configuration", "WAFNonexistentItemException"
    if account.one("wafv2", want.region, operation, absent, **asked):
        yield Found(want["resource_arn"], "its web ACL")


def _record(want: Planned, account: Account) -> Iterator[Found]:
    zone, name, kind = want["zone_id"], want["name"].rstrip(".").lower(), want["type"]
    asked = {"HostedZoneId": zone, "StartRecordName": name, "StartRecordType": kind}
    answer = account.client("route53", want.region).list_resource_record_sets(**asked, MaxItems="1")
    for row in answer["ResourceRecordSets"]:
        if (row["Name"].rstrip(".").lower(), row["Type"]) == (name, kind):
            yield Found(f"{zone}_{name}_{kind}", "its zone, name and type")


DELIVERY: Identities = {
    "aws_cloudfront_distribution": _distribution,
    "aws_cloudfront_origin_access_control": _origin_access_control,
    "aws_cloudfront_cache_policy": _edge_policy("list_cache_policies", "CachePolicy"),
    "aws_cloudfront_response_headers_policy": _edge_policy(
        "list_response_headers_policies", "ResponseHeadersPolicy"
    ),
    "aws_wafv2_ip_set": _firewall("list_ip_sets", "IPSets"),
    "aws_wafv2_web_acl": _firewall("list_web_acls", "WebACLs"),
    "aws_wafv2_web_acl_logging_configuration": _firewall_log,
    "aws_route53_record": _record,
}
