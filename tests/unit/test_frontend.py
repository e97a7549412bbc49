"""The frontend's module, as Terraform will read it, and the page that it uploads."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Resources = dict[str, dict[str, dict[str, Any]]]

UI = Path(__file__).parents[2] / "ui"

GLOBAL = re.compile("^aws_(wafv2_|cloudwatch_log_)")
"""What exists for CloudFront in us-east-1 alone; CloudFront itself knows no region."""


@pytest.fixture
def document(stacks: Path) -> dict[str, Any]:
    return json.loads((stacks / "frontend" / "cdk.tf.json").read_text(encoding="utf-8"))


@pytest.fixture
def resources(document: dict[str, Any]) -> Resources:
    return document["resource"]


@pytest.fixture
def csp(document: dict[str, Any]) -> dict[str, str]:
    """The content security policy: directive and its sources."""
    directives = document["locals"]["content_security_policy"].split("; ")
    return {name: sources for name, _, sources in (d.partition(" ") for d in directives)}


@pytest.mark.parametrize("key", ["ui", "logs"])
def test_a_bucket_is_private_encrypted_and_versioned(resources: Resources, key: str) -> None:
    closed = resources["aws_s3_bucket_public_access_block"][key]
    assert all(value is True for name, value in closed.items() if name != "bucket")
    (rule,) = resources["aws_s3_bucket_server_side_encryption_configuration"][key]["rule"]
    encryption = rule["apply_server_side_encryption_by_default"]
    assert encryption["sse_algorithm"] == "aws:kms"
    assert encryption["kms_master_key_id"] == "${var.storage_key_arn}"
    versioning = resources["aws_s3_bucket_versioning"][key]["versioning_configuration"]
    assert versioning["status"] == "Enabled"
    assert "aws:SecureTransport" in resources["aws_s3_bucket_policy"][key]["policy"]


def test_only_this_distribution_reads_the_bucket(resources: Resources) -> None:
    policy = resources["aws_s3_bucket_policy"]["ui"]["policy"]
    allowed, _, _ = policy.partition('"Effect" = "Deny"')
    assert allowed.count('"Effect" = "Allow"') == 2
    ours = '"StringEquals" = {"aws:SourceArn" = aws_cloudfront_distribution.ui.arn}'
    assert allowed.count(ours) == 2
    assert "s3:PutObject" not in allowed
    access = resources["aws_cloudfront_origin_access_control"]["ui"]
    assert access["signing_behavior"] == "always"
    assert access["signing_protocol"] == "sigv4"


@pytest.mark.parametrize("key", ["ui", "logs"])
def test_no_expression_in_a_policy_was_escaped_into_plain_text(
    resources: Resources, key: str
) -> None:
    # cdktf does so, with a mere warning, to a "${...}" written by hand inside its functions.
    assert "$${" not in resources["aws_s3_bucket_policy"][key]["policy"]


def test_a_file_is_uploaded_again_when_its_content_changes(resources: Resources) -> None:
    file = resources["aws_s3_object"]["file"]
    assert file["source_hash"] == '${filemd5("${var.ui_directory}/${each.key}")}'
    assert "etag" not in file


def test_the_page_reads_where_the_api_is_and_which_model_translates(resources: Resources) -> None:
    config = resources["aws_s3_object"]["config"]
    assert config["key"] == "config.json"
    assert config["cache_control"] == "no-cache"
    assert set(re.findall(r"(\w+) = var", config["content"])) == {
        "apiUrl",
        "contextLength",
        "model",
    }


def test_viewers_must_use_https_of_today(resources: Resources) -> None:
    distribution = resources["aws_cloudfront_distribution"]["ui"]
    behaviour = distribution["default_cache_behavior"]
    assert behaviour["viewer_protocol_policy"] == "redirect-to-https"
    assert sorted(behaviour["allowed_methods"]) == ["GET", "HEAD"]
    assert distribution["viewer_certificate"]["minimum_protocol_version"] == "TLSv1.2_2021"
    assert distribution["web_acl_id"] == "${aws_wafv2_web_acl.ui.arn}"


def test_no_error_page_hides_the_web_acls_own_answer(resources: Resources) -> None:
    responses = resources["aws_cloudfront_distribution"]["ui"]["custom_error_response"]
    assert {response["error_code"] for response in responses} == {404}


def test_the_page_may_connect_to_the_api_and_run_no_foreign_script(csp: dict[str, str]) -> None:
    assert csp["default-src"] == "'none'"
    assert csp["connect-src"] == "'self' ${var.page.api_url}"
    assert csp["script-src"] == csp["style-src"] == "'self'"
    assert csp["frame-ancestors"] == csp["form-action"] == csp["base-uri"] == "'none'"
    assert not any("unsafe" in sources or "*" in sources for sources in csp.values())


def test_the_web_acl_is_closed_and_what_allows_comes_last(resources: Resources) -> None:
    acl = resources["aws_wafv2_web_acl"]["ui"]
    assert acl["scope"] == "CLOUDFRONT"
    assert list(acl["default_action"]) == ["block"]
    rules = sorted(acl["rule"], key=lambda rule: rule["priority"])
    allowing = [rule for rule in rules if "allow" in rule.get("action", {})]
    assert allowing == [rules[-1]]
    allowed = allowing[0]["statement"]
    # The first rule refuses exactly whom the last one does not allow.
    assert rules[0]["statement"] == {"not_statement": {"statement": allowed}}
    assert [
        s["ip_set_reference_statement"]["arn"] for s in allowed["or_statement"]["statement"]
    ] == ["${aws_wafv2_ip_set.ipv4.arn}", "${aws_wafv2_ip_set.ipv6.arn}"]


def test_secrets_stay_out_of_the_web_acls_log(resources: Resources) -> None:
    log = resources["aws_wafv2_web_acl_logging_configuration"]["ui"]
    redacted = {field["single_header"]["name"] for field in log["redacted_fields"]}
    assert redacted == {"authorization", "cookie"}
    group = resources["aws_cloudwatch_log_group"]["web_acl"]
    assert group["name"].startswith("aws-waf-logs-")
    assert group["kms_key_id"] == "${var.global_log_key_arn}"


def test_what_belongs_to_cloudfront_is_in_us_east_1_and_the_rest_is_not(
    resources: Resources,
) -> None:
    for kind, named in resources.items():
        expected = "aws.us_east_1" if GLOBAL.match(kind) else None
        for address, resource in named.items():
            assert resource.get("provider") == expected, f"{kind}.{address}"


class _Inline(HTMLParser):
    """Finds what the content security policy would forbid in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        is_inline_script = tag == "script" and "src" not in names
        has_handler = any(name.startswith("on") for name in names)
        is_foreign = any("//" in (names.get(name) or "") for name in ("src", "href"))
        if is_inline_script or has_handler or is_foreign or tag == "style" or "style" in names:
            self.found.append(self.get_starttag_text() or tag)


@pytest.mark.parametrize("page", sorted(UI.glob("*.html")), ids=lambda page: page.name)
def test_a_page_holds_nothing_that_its_policy_forbids(page: Path) -> None:
    parser = _Inline()
    parser.feed(page.read_text(encoding="utf-8"))
    assert parser.found == []


SCRIPTS = {path: path.read_text(encoding="utf-8") for path in sorted((UI / "app").rglob("*.js"))}

IMPORT = re.compile(
    r"""^(?:import|export)\s[^;"']*?\bfrom\s*["']([^"']+)["']"""
    r"""|^import\s*["']([^"']+)["']|\bimport\(\s*["'`]([^"'`]+)["'`]""",
    re.MULTILINE,
)


def test_no_script_turns_text_into_markup_or_code() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        r"|setHTMLUnsafe|createContextualFragment|DOMParser|\bsrcdoc"
    )
    assert [path for path, text in SCRIPTS.items() if forbidden.search(text)] == []


def test_scripts_import_files_of_their_own_release_alone() -> None:
    """What is named from the root, or elsewhere, would be of another release or of none."""
    for path, text in SCRIPTS.items():
        for found in IMPORT.finditer(text):
            name = "".join(group or "" for group in found.groups())
            assert name.startswith(("./", "../")), f"{path}: {name}"
            place = (path.parent / re.sub(r"\$\{[^}]+\}", "en", name)).resolve()
            assert place.is_file(), f"{path}: {name}"
            assert place.is_relative_to(UI / "app"), f"{path}: {name}"
        assert '"/app/' not in text, path
