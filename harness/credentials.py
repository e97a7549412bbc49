"""Whether AWS credentials are configured, told without asking the network for any."""

import configparser
import os
from collections.abc import Mapping
from pathlib import Path

from harness.problem import Problem

ANSWERS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
"""What OFFLINE may say."""

VARIABLES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
"""Any of these names credentials: the AWS SDKs' chain, up to what needs a file or the network."""

SETTINGS = {
    "aws_access_key_id",
    "credential_process",
    "login_session",
    "role_arn",
    "sso_session",
    "sso_start_url",
    "web_identity_token_file",
}
"""Any of these in the default profile names credentials."""


def is_offline(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to plan offline: OFFLINE=1 or 0 decides, else whether credentials are configured.

    The role of an EC2 instance is not looked for, since that takes a call to its metadata service;
    OFFLINE=0 uses it.

    Raises:
        Problem: OFFLINE is neither yes nor no.
    """
    wanted = wish(environ)
    return not _are_configured(environ) if wanted is None else wanted


def why_offline(environ: Mapping[str, str] = os.environ) -> str:
    """Where it is offline, the reason, as a sentence's beginning."""
    if wish(environ):
        return f"OFFLINE={environ['OFFLINE']} is set"
    return "No AWS credentials are configured"


def asked_in_vain(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether OFFLINE=0 demands credentials while none but an EC2 instance's role can be there."""
    return wish(environ) is False and not _are_configured(environ)


def offline_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` with no trace of AWS settings, so that an offline plan reads nobody's profile."""
    kept = {name: value for name, value in environ.items() if not name.startswith("AWS_")}
    nothing = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    return kept | nothing | {"AWS_EC2_METADATA_DISABLED": "true"}


def wish(environ: Mapping[str, str]) -> bool | None:
    """What OFFLINE asks for; None where it says nothing.

    Raises:
        Problem: It is neither yes nor no.
    """
    said = environ.get("OFFLINE", "")
    if said and said.lower() not in ANSWERS:
        raise Problem(
            f"OFFLINE={said} is neither yes nor no: say OFFLINE=1 to plan without credentials,"
            " OFFLINE=0 to demand them, or leave it out.",
            2,
        )
    return ANSWERS.get(said.lower())


def _are_configured(environ: Mapping[str, str]) -> bool:
    return any(environ.get(name) for name in VARIABLES) or _default_profile(environ)


def _default_profile(environ: Mapping[str, str]) -> bool:
    home = Path(environ.get("HOME", "/")) / ".aws"
    places = (
        environ.get("AWS_SHARED_CREDENTIALS_FILE") or home / "credentials",
        environ.get("AWS_CONFIG_FILE") or home / "config",
    )
    for place in places:
        profiles = configparser.RawConfigParser(strict=False)
        try:
            profiles.read(place)
        except (configparser.Error, UnicodeDecodeError):
            return True  # the provider will say what is wrong with it
        if profiles.has_section("default") and SETTINGS & set(profiles.options("default")):
            return True
    return False
