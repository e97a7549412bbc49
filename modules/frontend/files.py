"""The UI's files and its configuration, as objects in the bucket."""

from cdktf import TerraformLocal
from cdktf_cdktf_provider_aws.s3_object import S3Object
from constructs import Construct

from modules.base.expressions import for_each

CONTENT_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
"""By extension. Browsers are told not to guess, so any other file is offered for download."""

REVALIDATE = "no-cache"
"""May be stored, but must be asked for again: a new version is seen at once, at the cost of a 304
that carries no content. So nothing ever needs to be invalidated."""

FOREVER = "public, max-age=31536000, immutable"
"""For a file whose name changes with its content."""

HASHED = "[.-][0-9a-f]{8,}[.][0-9a-z]+$"
"""A name that carries eight or more hexadecimal digits of its content's hash: `app-3f29c1ab.js`."""

CONFIG = "config.json"


def files(scope: Construct, bucket_name: str) -> None:
    """Every file of `ui_directory` under its own path, and a `config.json` made from `page`.

    Hidden files stay behind, and so does a `config.json` that somebody used locally.
    """
    TerraformLocal(scope, "local.content_types", CONTENT_TYPES)
    TerraformLocal(
        scope,
        "local.files",
        '${toset([for file in fileset(var.ui_directory, "**") : file '
        f'if file != "{CONFIG}" && !can(regex("(^|/)[.]", file))])}}',
    )
    # Encrypted with the right key, and a version of its own, from the first upload on.
    bucket_is_ready = [
        "aws_s3_bucket_server_side_encryption_configuration.ui",
        "aws_s3_bucket_versioning.ui",
    ]
    extension = 'lower(try(regex("[^.]+$", each.key), ""))'
    S3Object(
        scope,
        "aws_s3_object.file",
        for_each=for_each("local.files"),
        bucket=bucket_name,
        key="${each.key}",
        source="${var.ui_directory}/${each.key}",
        # Not `etag`: under a KMS key it is no hash of the content.
        source_hash='${filemd5("${var.ui_directory}/${each.key}")}',
        content_type=f'${{lookup(local.content_types, {extension}, "application/octet-stream")}}',
        cache_control=f'${{can(regex("{HASHED}", each.key)) ? "{FOREVER}" : "{REVALIDATE}"}}',
    ).add_override("depends_on", bucket_is_ready)
    S3Object(
        scope,
        "aws_s3_object.config",
        bucket=bucket_name,
        key=CONFIG,
        content="${jsonencode({apiUrl = var.page.api_url, model = var.page.model, "
        "contextLength = var.page.context_length_tokens})}",
        content_type=CONTENT_TYPES["json"],
        cache_control=REVALIDATE,
    ).add_override("depends_on", bucket_is_ready)
