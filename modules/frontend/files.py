"""The UI's files and its configuration, as objects in the bucket, and how long each is cached."""

from cdktf import TerraformLocal, TerraformResourceLifecycle
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
"""For a file whose address changes with its content."""

APP = "app/"
"""The folder of `ui_directory` whose files lie in the folder of their release."""

CODE = "[.](css|js)$"
"""Files whose comments stay behind: they are for who reads the repository."""

COMMENT = r"(?m)^[ \t]*(//.*|/[*]([^*]|[*]+[^*/])*[*]+/)[ \t]*$"
"""A comment that has its lines to itself, in the regular expressions of Go. It cannot run on over
code: what is between `/*` and `*/` holds no `*/`."""

RELEASE_DIGITS = 16
"""Hexadecimal digits of a release's hash: 64 bits, no two releases of a page share them."""

CONFIG = "config.json"

BUCKET_IS_READY = [
    "aws_s3_bucket_server_side_encryption_configuration.ui",
    "aws_s3_bucket_versioning.ui",
]
"""Encrypted with the right key, and a version of its own, from the first upload on."""

WHAT_PAGES_ASK_FOR = ["aws_s3_object.app", "aws_s3_object.config", "aws_s3_object.file"]


def files(scope: Construct, bucket_name: str) -> None:
    """Every file of `ui_directory` and a `config.json` made from `page`.

    What lies in `app/` is put into a folder named for all its content, `app-<hash>/`, and may be
    cached for ever; the pages beside it, which are asked for each time, name that folder. So a
    page never mixes the files of two releases. Hidden files stay behind, and so does a
    `config.json` that somebody used locally.

    Comments in code are not sent. A deploy uploads the new folder, then the pages that name it, and
    only then removes the former folder: at no time does a page name a file that is not there.
    """
    _locals(scope)
    S3Object(
        scope,
        "aws_s3_object.app",
        for_each=for_each("local.app_files"),
        bucket=bucket_name,
        key=f'${{local.release}}/${{trimprefix(each.key, "{APP}")}}',
        content="${try(local.code[each.key], null)}",
        source='${can(local.code[each.key]) ? null : "${var.ui_directory}/${each.key}"}',
        content_type=_content_type("each.key"),
        cache_control=FOREVER,
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    ).add_override("depends_on", BUCKET_IS_READY)
    S3Object(
        scope,
        "aws_s3_object.file",
        for_each=for_each("setsubtract(local.files, setunion(local.app_files, local.pages))"),
        bucket=bucket_name,
        key="${each.key}",
        source="${var.ui_directory}/${each.key}",
        # Not `etag`: under a KMS key it is no hash of the content.
        source_hash='${filemd5("${var.ui_directory}/${each.key}")}',
        content_type=_content_type("each.key"),
        cache_control=REVALIDATE,
    ).add_override("depends_on", BUCKET_IS_READY)
    S3Object(
        scope,
        "aws_s3_object.config",
        bucket=bucket_name,
        key=CONFIG,
        content="${jsonencode({apiUrl = var.page.api_url, model = var.page.model, "
        "contextLength = var.page.context_length_tokens})}",
        content_type=CONTENT_TYPES["json"],
        cache_control=REVALIDATE,
    ).add_override("depends_on", BUCKET_IS_READY)
    S3Object(
        scope,
        "aws_s3_object.page",
        for_each=for_each("local.pages"),
        bucket=bucket_name,
        key="${each.key}",
        content='${replace(file("${var.ui_directory}/${each.key}"), '
        f'"\\"/{APP}", "\\"/${{local.release}}/")}}',
        content_type=CONTENT_TYPES["html"],
        cache_control=REVALIDATE,
    ).add_override("depends_on", [*BUCKET_IS_READY, *WHAT_PAGES_ASK_FOR])


def _locals(scope: Construct) -> None:
    """Which files there are, and the name of their release."""
    listed = {
        "files": 'fileset(var.ui_directory, "**") : file '
        f'if file != "{CONFIG}" && !can(regex("(^|/)[.]", file))',
        "app_files": f'local.files : file if startswith(file, "{APP}")',
        "pages": 'local.files : file if can(regex("^[^/]+[.]html$", file))',
    }
    for name, chosen in listed.items():
        TerraformLocal(scope, f"local.{name}", f"${{toset([for file in {chosen}])}}")
    path = "${var.ui_directory}/${file}"
    pattern = COMMENT.replace("\\", "\\\\")
    TerraformLocal(
        scope,
        "local.code",
        f'${{{{for file in local.app_files : file => replace(file("{path}"), "/{pattern}/", "") '
        f'if can(regex("{CODE}", file))}}}}',
    )
    hashed = f'try(sha256(local.code[file]), filesha256("{path}"))'
    content = f'"${{file}} ${{{hashed}}}"'
    TerraformLocal(
        scope,
        "local.release",
        f'app-${{substr(sha256(join("\\n", [for file in local.app_files : {content}])), '
        f"0, {RELEASE_DIGITS})}}",
    )
    TerraformLocal(scope, "local.content_types", CONTENT_TYPES)


def _content_type(file: str) -> str:
    extension = f'lower(try(regex("[^.]+$", {file}), ""))'
    return f'${{lookup(local.content_types, {extension}, "application/octet-stream")}}'
