"""The emulated AWS itself: its limits, answers that are asked for twice, the page it serves."""

import subprocess
import urllib.request
from urllib.parse import urlencode, urlsplit

import pytest

from harness.emulator.limits import LIMITS
from tests.apply.emulated import Emulated
from tests.apply.probes import limits
from tests.apply.served import MISSING, PAGE, page_of

pytestmark = pytest.mark.xdist_group("emulator")


@pytest.mark.parametrize("name", [each.name for each in LIMITS])
def test_a_limit_that_is_written_down_is_one(name: str, corrected: Emulated) -> None:
    """If this fails, the emulator has learnt it: drop the limit."""
    assert getattr(limits, name.replace(" ", "_").lower())(corrected)


def test_it_listens_on_loopback_alone(corrected: Emulated) -> None:
    port = urlsplit(corrected.url).port
    listed = subprocess.run(  # noqa: S603 # our own words
        ["ss", "-Hltn", f"sport = :{port}"],  # noqa: S607 # PATH's own
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [line.split()[3] for line in listed.splitlines()] == [f"127.0.0.1:{port}"]


def test_what_is_asked_again_is_made_once(corrected: Emulated) -> None:
    """As an SDK asks again when an answer was lost: under the same invocation."""
    vpcs = corrected.client("ec2").describe_vpcs
    before = len(vpcs()["Vpcs"])
    first, again, other = (_make_vpc(corrected, name) for name in ("one", "one", "two"))

    assert first == again
    assert first != other
    assert len(vpcs()["Vpcs"]) == before + 2


def test_the_page_comes_as_its_distribution_says(corrected: Emulated) -> None:
    served = page_of(corrected)
    page, missing = served.get("/"), served.get("/nothing.html")

    assert (page.status, page.content) == (200, PAGE)
    assert page.headers["content-type"] == "text/html"
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["x-probe"] == "here"
    assert "etag" not in page.headers
    assert (missing.status, missing.content) == (404, MISSING)
    assert missing.headers["x-frame-options"] == "DENY"
    assert served.get("/", "HEAD").content == b""
    assert served.get("/", "POST").status == 403


def test_the_page_comes_as_far_as_the_buckets_policy_lets_that_distribution(
    corrected: Emulated,
) -> None:
    served = page_of(corrected)
    served.allow("s3:GetObject")
    assert served.get("/nothing.html").status == 403  # S3 tells missing only to who may list
    served.allow("s3:ListBucket")
    assert served.get("/").status == 403
    corrected.client("s3").delete_bucket_policy(Bucket=served.bucket)
    assert served.get("/").status == 403


def test_no_page_comes_of_a_distribution_that_is_off_or_not_there(corrected: Emulated) -> None:
    off = page_of(corrected, Enabled=False)
    unknown = type(off)(corrected, off.bucket, "e0")

    assert off.get("/").status == 404
    assert unknown.get("/").status == 404


def _make_vpc(aws: Emulated, invocation: str) -> bytes:
    scope = "Credential=emulated/20260101/us-east-1/ec2/aws4_request"
    asked = urllib.request.Request(  # noqa: S310 # loopback
        aws.url,
        data=urlencode(
            {"Action": "CreateVpc", "Version": "2016-11-15", "CidrBlock": "10.9.0.0/16"}
        ).encode(),
        headers={
            "Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
            "amz-sdk-invocation-id": invocation,
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 # loopback
        return answer.read()
