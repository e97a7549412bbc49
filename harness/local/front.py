"""TLS in front of the page and the API: what CloudFront and the load balancer are in AWS."""

import string
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from harness.local import nginx
from harness.local.delivery import Delivery
from harness.local.place import API, PAGE, Choice

TEMPLATE = Path(__file__).with_name("front.conf")

UTF8 = "; charset=utf-8"
HTML = "text/html"
"""What nginx itself adds to its list, and warns of where it is named."""


class _Configuration(string.Template):
    """A template whose marks are no nginx variables."""

    delimiter = "@"


def lay_out(
    folder: Path, delivery: Delivery, chosen: Choice, instance: int, idle_timeout_seconds: int
) -> None:
    """Write nginx.conf and the page's files into `folder`.

    Args:
        folder: The folder, with the certificate in it.
        delivery: What CloudFront would send.
        chosen: The port.
        instance: The port of the instance's nginx.
        idle_timeout_seconds: How long the load balancer bears a connection's silence.
    """
    objects = delivery.objects
    types = {_extension(key): each.content_type for key, each in objects.items()}
    in_utf8 = {each.removesuffix(UTF8) for each in types.values() if each.endswith(UTF8)} - {HTML}
    text = _Configuration(TEMPLATE.read_text(encoding="utf-8").partition("\n")[2]).substitute(
        user=nginx.own_user(),
        folders=nginx.own_folders(),
        listen=" ".join(f"listen {each} ssl http2;" for each in nginx.loopback(chosen.port)),
        page=PAGE,
        api=API,
        types=_lines(8, (f"{kind.removesuffix(UTF8)} {ext};" for ext, kind in types.items())),
        in_utf8=" ".join(sorted(in_utf8)),
        cached=_lines(
            8, (f'"/{key}" "{each.cache_control}";' for key, each in sorted(objects.items()))
        ),
        headers=_lines(
            8, (f'add_header {name} "{said}" always;' for name, said in delivery.headers.items())
        ),
        root=delivery.root,
        missing=delivery.missing,
        instance=instance,
        port=chosen.port,
        idle=idle_timeout_seconds,
    )
    for key, each in objects.items():
        place = folder / "page" / key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(each.content)
    (folder / "temp").mkdir()
    (folder / "nginx.conf").write_text(text, encoding="utf-8")


def _extension(key: str) -> str:
    return PurePosixPath(key).suffix.removeprefix(".")


def _lines(indent: int, directives: Iterable[str]) -> str:
    return ("\n" + " " * indent).join(directives)
