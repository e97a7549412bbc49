"""A page behind a distribution of an emulated account, and a viewer that asks for it."""

import http.client
import json
from dataclasses import dataclass
from typing import Any

from tests.apply.emulated import Emulated
from tests.apply.probes.names import fresh_name

PAGE = b"<!doctype html><title>page</title>"
MISSING = b"<!doctype html><title>missing</title>"


@dataclass(frozen=True)
class Answer:
    """What a viewer gets."""

    status: int
    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True)
class Served:
    """A page that is served.

    Attributes:
        aws: The emulator.
        bucket: The page's bucket.
        distribution: The distribution's id.
    """

    aws: Emulated
    bucket: str
    distribution: str

    def get(self, path: str, method: str = "GET") -> Answer:
        """Ask for a path as a browser would."""
        connection = http.client.HTTPConnection(self.aws.url.removeprefix("http://"), timeout=30)
        host = f"{self.distribution.lower()}.cloudfront.localhost"
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read())

    def allow(self, *actions: str) -> None:
        """Have the bucket's policy allow just this to the distribution."""
        arn = f"arn:aws:cloudfront::123456789012:distribution/{self.distribution}"
        resources = [f"arn:aws:s3:::{self.bucket}", f"arn:aws:s3:::{self.bucket}/*"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": list(actions),
            "Resource": resources,
            "Condition": {"StringEquals": {"AWS:SourceArn": arn}},
        }
        self.aws.client("s3").put_bucket_policy(
            Bucket=self.bucket,
            Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        )


def page_of(aws: Emulated, **given: Any) -> Served:
    """Put a page behind a distribution.

    Args:
        aws: The emulator.
        given: Parts of the distribution's configuration.
    """
    s3, front, name = aws.client("s3"), aws.client("cloudfront"), fresh_name()
    s3.create_bucket(Bucket=name)
    s3.put_object(
        Bucket=name,
        Key="index.html",
        Body=PAGE,
        ContentType="text/html",
        CacheControl="no-cache",
    )
    s3.put_object(Bucket=name, Key="404.html", Body=MISSING, ContentType="text/html")
    policy = front.create_response_headers_policy(
        ResponseHeadersPolicyConfig={
            "Name": name,
            "SecurityHeadersConfig": {"FrameOptions": {"Override": True, "FrameOption": "DENY"}},
            "CustomHeadersConfig": {
                "Quantity": 1,
                "Items": [{"Header": "X-Probe", "Value": "here", "Override": True}],
            },
            "RemoveHeadersConfig": {"Quantity": 1, "Items": [{"Header": "ETag"}]},
        }
    )["ResponseHeadersPolicy"]["Id"]
    error = {"ErrorCode": 404, "ResponseCode": "404", "ResponsePagePath": "/404.html"}
    config = {
        "CallerReference": name,
        "Comment": "",
        "Enabled": True,
        "DefaultRootObject": "index.html",
        "CustomErrorResponses": {"Quantity": 1, "Items": [error]},
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "bucket",
                    "DomainName": f"{name}.s3.us-east-1.amazonaws.com",
                    "OriginAccessControlId": "E1",
                }
            ],
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": "bucket",
            "ViewerProtocolPolicy": "redirect-to-https",
            "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
            "ResponseHeadersPolicyId": policy,
        },
    }
    made = front.create_distribution(DistributionConfig=config | given)["Distribution"]
    served = Served(aws, name, made["Id"])
    served.allow("s3:GetObject", "s3:ListBucket")
    return served
