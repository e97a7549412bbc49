"""Takes the role that a CI job's token is meant for: OpenID Connect instead of stored keys.

GitLab gives a job a token whose audience the job names; the roles that `ROOT=pipeline` makes are
named as the audiences are. So the token alone says which role it is for, and AWS says whether it
is any good.
"""

import base64
import contextlib
import json
import os
from collections.abc import Generator, MutableMapping
from typing import Any

import envs.load
from harness.problem import Problem
from harness.project import BUILD
from harness.written import write

TOKEN = "AWS_ID_TOKEN"  # noqa: S105 # the variable's name
PURPOSES = ("plan", "apply")


@contextlib.contextmanager
def role_taken(environment: str, environ: MutableMapping[str, str] = os.environ) -> Generator[None]:
    """Have the AWS SDKs take the token's role while the block runs, where there is a token.

    They read it from a file, which its owner alone can read and which is gone afterwards. The
    variable that held it goes at once, so that no program started from here gets it.

    Args:
        environment: The environment that the command is for.
        environ: The command's variables.

    Raises:
        Problem: It is no token, or one for another environment.
        EnvironmentFileError: The variable file is wrong.
    """
    token = environ.pop(TOKEN, "")
    if not token:
        yield
        return
    settings = envs.load.load(envs.load.path(environment))
    role = _audience(token, f"{settings.project}-{environment}")
    file = write(BUILD / environment / "id-token", token)
    names = {
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(file),
        "AWS_ROLE_ARN": f"arn:aws:iam::{settings.account_id}:role/pipeline/{role}",
        "AWS_ROLE_SESSION_NAME": f"gitlab-{environ.get('CI_JOB_ID', 'job')}",
    }
    environ.update(names)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        for name in names:
            environ.pop(name, None)


def _audience(token: str, name: str) -> str:
    """The one of the environment's roles that the token is meant for."""
    wanted = [f"{name}-{purpose}" for purpose in PURPOSES]
    try:
        _, payload, _ = token.split(".")
        claims: Any = json.loads(base64.urlsafe_b64decode(f"{payload}==="))
        said = claims["aud"]
    except (ValueError, KeyError, TypeError) as error:
        raise Problem(f"{TOKEN} holds no token of OpenID Connect: see id_tokens.", 2) from error
    if said not in wanted:
        raise Problem(
            f"{TOKEN} is meant for {said!r}: ask for one with aud {' or '.join(wanted)}.", 2
        )
    return said
