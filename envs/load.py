"""Reads the environments' files; whatever is wrong with one is said in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from envs import hcl
from envs.backend import Backend
from envs.leaks import leaks
from envs.problems import EnvironmentFileError, Problem, literal, nearest, shown
from envs.schema import Environment
from envs.sentences import explain, key_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

__all__ = [
    "Backend",
    "Environment",
    "EnvironmentFileError",
    "load",
    "load_backend",
    "names",
    "path",
]

_FOLDER = Path(__file__).parent
_VARIABLES = ".tfvars"
_BACKEND = ".s3.tfbackend"
_LARGEST = 1 << 20
"""Bytes; a variable file has a few thousand."""

_Model = TypeVar("_Model", bound=BaseModel)


def names() -> list[str]:
    """The environments there are, sorted: one for each variable file."""
    return sorted(file.name.removesuffix(_VARIABLES) for file in _FOLDER.glob(f"*{_VARIABLES}"))


def path(name: str) -> Path:
    """The variable file of an environment.

    Raises:
        EnvironmentFileError: there is no such environment; the sentence lists those there are.
    """
    known = names()
    if name not in known:
        fault = f"is no environment{nearest(name, known)}; there are {', '.join(known)}"
        raise EnvironmentFileError(Problem(shown(_FOLDER), fault, key=literal(name)))
    return _FOLDER / f"{name}{_VARIABLES}"


def load(path: str | PathLike[str]) -> Environment:
    """Read a variable file and check everything in it.

    Args:
        path: the file; its name without `.tfvars` is the environment's name.

    Raises:
        EnvironmentFileError: it cannot be read or used. No other exception leaves this function.
    """
    file = Path(path)
    environment, lines = _read(file, Environment)
    name = environment.environment
    if name != file.stem:
        fault = f"is not the name of the file; write {literal(file.stem)} or rename the file"
        line = lines["environment",]
        raise EnvironmentFileError(Problem(shown(file), fault, line, "environment", literal(name)))
    return environment


def load_backend(name: str) -> Backend:
    """Read where an environment keeps its Terraform state.

    Raises:
        EnvironmentFileError: the environment or its backend cannot be read or used, or its state
            would lie where another account's or another environment's does.
    """
    environment = load(path(name))
    file = _FOLDER / f"{name}{_BACKEND}"
    backend, lines = _read(file, Backend)
    faults: list[Problem] = []
    if environment.account_id not in backend.bucket:
        example = literal(f"{environment.project}-state-{environment.account_id}")
        fault = f"does not contain the account's id; write one such as {example}"
        faults.append(
            Problem(shown(file), fault, lines["bucket",], "bucket", literal(backend.bucket))
        )
    if backend.key.split("/")[-2] != name:
        # The folder is named after the environment, so no two of them can share a state.
        example = literal(f"{environment.project}/{name}/terraform.tfstate")
        fault = f"is not in the environment's folder; write {example}"
        faults.append(Problem(shown(file), fault, lines["key",], "key", literal(backend.key)))
    if faults:
        raise EnvironmentFileError(*faults)
    return backend


def _read(file: Path, model: type[_Model]) -> tuple[_Model, Mapping[hcl.Path, int]]:
    name = shown(file)
    text = _text(file, name)
    try:
        document = hcl.read(text)
    except hcl.HclError as error:
        raise EnvironmentFileError(
            Problem(name, str(error), error.line, key_text(error.path))
        ) from None
    if not document.values:
        raise EnvironmentFileError(Problem(name, "is empty; write name = value, one on a line"))
    secrets = [
        Problem(name, fault, line, key_text(where))
        for line, where, fault in leaks(text, document, model.model_fields)
    ]
    if secrets:
        # Alone, for another sentence might repeat the value.
        raise EnvironmentFileError(*secrets)
    try:
        return model.model_validate(document.values), document.lines
    except ValidationError as error:
        raise explain(error, model, name, document.lines) from None


def _text(file: Path, name: str) -> str:
    try:
        if file.is_dir():
            raise EnvironmentFileError(Problem(name, "is a directory; name a file"))
        if not file.is_file():
            raise EnvironmentFileError(
                Problem(
                    name,
                    "does not exist or is no regular file; copy another environment's and adapt it",
                )
            )
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, EnvironmentFileError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise EnvironmentFileError(Problem(name, f"cannot be read: {reason}")) from None
    if len(content) > _LARGEST:
        raise EnvironmentFileError(Problem(name, f"is larger than {_LARGEST} bytes; shorten it"))
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        fault = "starts with a byte order mark; save it as UTF-8 without one"
        raise EnvironmentFileError(Problem(name, fault, 1))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = f"is not UTF-8 (byte 0x{content[error.start]:02x}); save it as UTF-8"
        raise EnvironmentFileError(Problem(name, fault, line)) from None
