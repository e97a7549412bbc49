"""The exceptions file: where a chosen check is right in general and wrong at one address."""

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from policy.checkov_run.selection import Selection
from policy.problem import CannotJudgeError

EXCEPTIONS = Path(__file__).parent.parent / "exceptions.toml"
_KEYS = ("check", "address", "reason", "owner", "expires")
_LONGEST = dt.timedelta(days=366)


class ExceptionsError(CannotJudgeError):
    """The exceptions file does not say what it must; one sentence that names the entry."""


@dataclass(frozen=True)
class CheckException:
    """One check that may fail at one address, for a time.

    Attributes:
        check: checkov's id.
        address: The resource's address, with its index: 'module.a.aws_s3_bucket.logs["eu"]'.
        reason: Why the check is wrong there.
        owner: The team that answers for it.
        expires: The last day on which it holds.
    """

    check: str
    address: str
    reason: str
    owner: str
    expires: dt.date


def load_exceptions(
    path: Path,
    selection: Selection,
    *,
    today: dt.date,
    requirements: Collection[str] = (),
) -> tuple[CheckException, ...]:
    """Read the exceptions; whether one has expired or is unused, `findings` says.

    Args:
        path: The file; one that is absent holds none.
        selection: The chosen checks: no other can be excepted.
        today: From here an exception reaches a year ahead at most.
        requirements: The ids of the gate's own requirements, which know no exception.

    Raises:
        ExceptionsError: When the file or an entry is not as it must be.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ExceptionsError(f"{path.name} cannot be read as TOML: {error}.") from None
    entries = document.get("exception", [])
    if document.keys() - {"exception"} or not isinstance(entries, list):
        raise ExceptionsError(f"{path.name} takes [[exception]] entries alone.")
    read: dict[tuple[str, str], CheckException] = {}
    for number, entry in enumerate(entries, start=1):
        one = _entry(entry, f"exception {number} of {path.name}")
        where = f"The exception for {one.check} at {one.address} in {path.name}"
        if one.check in requirements or one.check.startswith("CKV_TRANSLATOR_"):
            raise ExceptionsError(f"{where} is refused: who reaches what knows no exception.")
        if one.check not in selection.chosen:
            raise ExceptionsError(f"{where} names a check that is not chosen in checks.toml.")
        if (one.check, one.address) in read:
            raise ExceptionsError(f"{where} stands there twice.")
        if one.expires > today + _LONGEST:
            raise ExceptionsError(f"{where} expires on {one.expires}; a year ahead is the most.")
        read[one.check, one.address] = one
    return tuple(read.values())


def _entry(entry: object, where: str) -> CheckException:
    if not isinstance(entry, Mapping):
        raise ExceptionsError(f"The {where} must be a table of {', '.join(_KEYS)}.")
    check, address = entry.get("check"), entry.get("address")
    if isinstance(check, str) and isinstance(address, str):
        where = f"{where} ({check} at {address})"
    if wrong := sorted(str(key) for key in entry.keys() ^ set(_KEYS)):
        verb = "lacks" if wrong[0] in _KEYS else "does not take"
        raise ExceptionsError(f"The {where} {verb} {wrong[0]}.")
    texts: dict[str, str] = {}
    for key in _KEYS[:-1]:
        text = entry[key]
        if not isinstance(text, str) or not text.strip():
            raise ExceptionsError(f"The {where} must give its {key} as text.")
        texts[key] = text
    expires = entry["expires"]
    if not isinstance(expires, dt.date) or isinstance(expires, dt.datetime):
        raise ExceptionsError(f"The {where} must give expires as a date, such as 2027-01-31.")
    return CheckException(**texts, expires=expires)
