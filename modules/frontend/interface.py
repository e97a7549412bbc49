"""What the frontend must know and what it tells."""

from typing import Literal

from modules.base.conditions import (
    ACCOUNT_ID,
    ARN,
    CIDR,
    HOST_NAME,
    NAME,
    Condition,
    between,
    each,
    matches,
    size,
)
from modules.base.interface import Inputs, Outputs, output, variable

ORIGIN = matches("^https://[a-z0-9.-]+(:[0-9]+)?$", "an https origin without a slash at its end")
NOT_EVERYONE = Condition('!endswith(value, "/0")', "must not be the whole internet.")
GLOBAL_CERTIFICATE = matches("^arn:aws[a-z-]*:acm:us-east-1:", "a certificate in us-east-1")
GLOBAL_KEY = matches("^arn:aws[a-z-]*:kms:us-east-1:", "a KMS key in us-east-1")
UI_DIRECTORY = Condition(
    'fileexists("${value}/index.html") && fileexists("${value}/404.html")',
    "must be a folder with an index.html and a 404.html.",
)
HAS_APP = Condition(
    'length(fileset(value, "app/**")) > 0',
    'must hold a folder app/, and no "*", "?", "{" or "[" in its own path, which make a pattern.',
)
NAMES_ITS_FILES = Condition(
    'alltrue([for found in regexall("=./(app/[-0-9A-Za-z_./]+)", join(" ", [for page in '
    '["index.html", "404.html"] : try(file("${value}/${page}"), "")])) : '
    'fileexists("${value}/${found[0]}")])',
    "its pages must name no file below /app/ that is not there.",
)


class Page(Inputs):
    """What the page reads from `config.json` before it asks for its first translation."""

    api_url: str = variable("Origin of the API; nothing else may be connected to.", ORIGIN)
    model: str = variable("Model that translates, as Ollama names it.", size(1, 200))
    context_length_tokens: int = variable(
        "Tokens that prompt and translation share; the page's limit of characters follows from it.",
        between(512, 131072),
    )


class FrontendInputs(Inputs):
    """What the frontend must know."""

    name: str = variable("Prefix of every resource's name.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    domain_name: str = variable("Host name of the UI.", HOST_NAME)
    certificate_arn: str = variable("Certificate of that host, issued.", GLOBAL_CERTIFICATE)
    ui_directory: str = variable(
        "Folder of the UI's files, read when planning; app/ in it holds what is cached for ever.",
        UI_DIRECTORY,
        HAS_APP,
        NAMES_ITS_FILES,
    )
    page: Page = variable("Settings of the page.")
    ui_allowed_cidrs: list[str] = variable(
        "Public IPv4 and IPv6 ranges that may load the page; none closes it to everyone.",
        each(CIDR),
        each(NOT_EVERYONE),
    )
    price_class: Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"] = variable(
        "Where CloudFront serves from: North America and Europe, most places, or all.",
        default="PriceClass_100",
    )
    storage_key_arn: str = variable(
        "KMS key of both buckets; its policy lets CloudFront decrypt and log delivery encrypt.", ARN
    )
    global_log_key_arn: str = variable("KMS key that encrypts the web ACL's log.", GLOBAL_KEY)
    log_retention_days: int = variable("Days for which logs are kept.", default=365)
    deletion_protection: bool = variable(
        "Whether a bucket that still holds objects refuses to be deleted.", default=True
    )


class FrontendOutputs(Outputs):
    """What the frontend tells."""

    bucket_name: str = output("Bucket of the UI's files.")
    distribution_id: str = output("Id of the CloudFront distribution.")
    distribution_arn: str = output("ARN of the CloudFront distribution.")
    distribution_domain_name: str = output("CloudFront's own name of the distribution.")
    distribution_zone_id: str = output("Route 53 zone of CloudFront's own names.")
    web_acl_name: str = output("Name of the web ACL, as its metrics in us-east-1 carry it.")
    web_acl_arn: str = output("ARN of the web ACL.")
    content_security_policy: str = output("The policy that browsers hold the page to.")
