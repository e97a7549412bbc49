"""The frontend: the UI's files behind CloudFront, open to the company's network alone."""

from typing import Any

from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution
from cdktf_cdktf_provider_aws.provider import AwsProvider

from modules.base.bucket import PrivateBucket
from modules.base.expressions import value
from modules.base.iam import allow
from modules.base.module import Module
from modules.frontend.access_logs import access_logs
from modules.frontend.distribution import distribution
from modules.frontend.files import files
from modules.frontend.interface import FrontendInputs, FrontendOutputs, Page
from modules.frontend.web_acl import web_acl
from modules.frontend.web_acl_log import web_acl_log

__all__ = ["Frontend", "FrontendInputs", "FrontendOutputs", "Page"]


class Frontend(Module[FrontendInputs, FrontendOutputs]):
    """The UI's files in a private bucket, served by CloudFront to the company's network alone.

    The bucket answers only what this distribution signed; the distribution answers only whom the
    web ACL lets in. The page may connect to the API and to nothing else. Requests and the web
    ACL's decisions are logged.

    What lies in `app/` of `ui_directory` is put under `app-<hash of all of it>/` and cached for
    ever; the pages at the top, in which every `"/app/` becomes that folder, and `config.json`,
    which is made here, are asked for each time. A deploy puts the new folder there, then the pages
    that name it, and then takes the former folder away.
    """

    aliases = ("us_east_1",)

    def resources(self, inputs: FrontendInputs) -> FrontendOutputs:
        """The bucket and its files, who may ask for them, and the record of who did."""
        # CloudFront's web ACLs and logs live in us-east-1, wherever the rest is.
        us_east_1 = AwsProvider(self, "provider.us_east_1", alias="us_east_1")
        bucket = PrivateBucket(
            self,
            "ui",
            name=f"{inputs.name}-ui-{inputs.account_id}",
            key_arn=inputs.storage_key_arn,
            destroyable=value("!var.deletion_protection"),
        )
        files(self, bucket.name)
        acl = web_acl(self, inputs, us_east_1)
        web_acl_log(self, inputs, acl, us_east_1)
        served = distribution(self, inputs, bucket.bucket, acl)
        bucket.allow_only(*_reading(bucket, served))
        access_logs(self, inputs, served, us_east_1)
        return FrontendOutputs(
            bucket_name=bucket.name,
            distribution_id=served.id,
            distribution_arn=served.arn,
            distribution_domain_name=served.domain_name,
            distribution_zone_id=served.hosted_zone_id,
            web_acl_name=acl.name,
            web_acl_arn=acl.arn,
            content_security_policy="${local.content_security_policy}",
        )


def _reading(bucket: PrivateBucket, served: CloudfrontDistribution) -> list[dict[str, Any]]:
    """This distribution may read objects, and list, so that a missing one is a 404 and no 403.

    No list can be asked for through it: it serves `index.html` in place of the bucket's root.
    """
    cloudfront = {"Service": "cloudfront.amazonaws.com"}
    ours = {"StringEquals": {"aws:SourceArn": served.arn}}
    return [
        allow(["s3:GetObject"], [f"{bucket.arn}/*"], principal=cloudfront, condition=ours),
        allow(["s3:ListBucket"], [bucket.arn], principal=cloudfront, condition=ours),
    ]
