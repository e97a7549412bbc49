"""An environment's state as it lies in S3: its versions, its lock, and how to have one back."""

import datetime as dt
import getpass
import json
import platform
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from botocore.exceptions import BotoCoreError, ClientError

import envs.load
from harness import roots
from harness.aws import Aws
from harness.explain import advice
from harness.problem import Problem
from harness.recover.account import Account
from harness.state_lock import HELD, of_object

FORMAT = 4
"""The version of Terraform's state format since 0.12."""

ABSENT = {"NoSuchKey", "404", "NoSuchBucket", "NoSuchVersion"}
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}


@dataclass(frozen=True)
class Version:
    """One version of a state.

    Attributes:
        id: S3's own name of it.
        written: When, in UTC.
        size: Bytes.
        present: Whether it is what Terraform reads now.
        serial: Terraform's count of writes; None where the object is no state.
        resources: How many resources it holds; None likewise.
        origin: Where it came from, if a restore wrote it, else "".
    """

    id: str
    written: dt.datetime
    size: int
    present: bool
    serial: int | None
    resources: int | None
    origin: str


class StateObject:
    """The state of one root of an environment.

    Every call raises Problem where AWS refuses or cannot be reached.

    Attributes:
        place: `s3://bucket/key`.
    """

    def __init__(self, client: Any, bucket: str, key: str) -> None:
        self._client = client
        self._bucket = bucket
        self._key = key
        self.place = f"s3://{bucket}/{key}"

    @classmethod
    def of(cls, environment: str, root: str, aws: Aws) -> Self:
        """Where the environment's backend says.

        Raises:
            EnvironmentFileError: The backend's file is wrong.
        """
        backend = envs.load.load_backend(environment)
        account = Account(envs.load.load(envs.load.path(environment)).account_id, aws)
        client = account.client("s3", backend.region)
        return cls(client, backend.bucket, roots.state_key(environment, root))

    def has_bucket(self) -> bool:
        """Whether the bucket is there."""
        try:
            self._client.head_bucket(Bucket=self._bucket)
        except ClientError as error:
            if _code(error) in ABSENT:
                return False
            raise self._refused("head_bucket", error) from error
        except BotoCoreError as error:
            raise self._refused("head_bucket", error) from error
        return True

    def resources(self, key: str = "") -> int | None:
        """How many resources it holds, or the state at another key; None where that is no state."""
        state = parsed(self._body(key or self._key) or b"")
        return None if state is None else len(state["resources"])

    def neighbours(self) -> Iterator[tuple[str, int | None]]:
        """The other states in the bucket: where each lies, and how many resources it holds."""
        if not self.has_bucket():
            return
        asked: dict[str, Any] = {}
        while True:
            page = self._ask("list_objects_v2", **asked)
            for key in (each["Key"] for each in page.get("Contents", [])):
                if key.endswith(".tfstate") and key != self._key:
                    yield f"s3://{self._bucket}/{key}", self.resources(key)
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    def read(self, version: str | None = None) -> bytes | None:
        """The object, or an older version of it; None where there is none."""
        return self._body(self._key, **({"VersionId": version} if version else {}))

    def versions(self, most: int) -> list[Version]:
        """The newest versions, the newest first; deletions are none."""
        listed: list[Any] = []
        asked: dict[str, Any] = {"Prefix": self._key, "MaxKeys": 100}
        while len(listed) < most:
            page = self._ask("list_object_versions", **asked)
            listed += [each for each in page.get("Versions", []) if each["Key"] == self._key]
            if not page.get("IsTruncated"):
                break
            asked["KeyMarker"] = page["NextKeyMarker"]
            asked["VersionIdMarker"] = page["NextVersionIdMarker"]
        return [self._version(each) for each in listed[:most]]

    def restore(self, version: str) -> None:
        """Write an earlier version once more, as the newest; what is there now stays a version.

        Raises:
            Problem: There is no such version, it is no state, or someone holds the lock.
        """
        text = self.read(version)
        if text is None:
            raise Problem(f"{self.place} has no version {version}: see make state-versions.", 2)
        if parsed(text) is None:
            raise Problem(f"Version {version} of {self.place} is no state of Terraform's.")
        self._lock()
        try:
            self._ask(
                "copy_object",
                Key=self._key,
                CopySource={"Bucket": self._bucket, "Key": self._key, "VersionId": version},
                MetadataDirective="REPLACE",
                ContentType="application/json",
                Metadata={"restored-from": version, "restored-by": _me()},
            )
        finally:
            self._ask("delete_object", Key=f"{self._key}.tflock")

    def _lock(self) -> None:
        """Take the lock as Terraform's S3 backend does: by an object that nobody else has made."""
        key = f"{self._key}.tflock"
        info = {
            "ID": str(uuid.uuid4()),
            "Operation": "OperationTypeRestore",
            "Info": "",
            "Who": _me(),
            "Version": "",
            "Created": dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z"),
            "Path": f"{self._bucket}/{self._key}",
        }
        try:
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=json.dumps(info), IfNoneMatch="*"
            )
        except ClientError as error:
            if _code(error) not in TAKEN:
                raise self._refused("put_object", error) from error
            held = self._body(key)
            holder = "Someone holds the state's lock" if held is None else of_object(held).holder
            raise Problem(
                f"{holder}: nothing was restored; wait, or end that run.", HELD
            ) from error

    def _version(self, listed: Any) -> Version:
        found = self._ask("get_object", Key=self._key, VersionId=listed["VersionId"])
        state = parsed(found["Body"].read())
        told = found.get("Metadata", {})
        origin = (
            f"{told['restored-from']}, by {told.get('restored-by', 'someone')}"
            if "restored-from" in told
            else ""
        )
        return Version(
            id=listed["VersionId"],
            written=listed["LastModified"].astimezone(dt.UTC),
            size=listed["Size"],
            present=listed["IsLatest"],
            serial=None if state is None else state["serial"],
            resources=None if state is None else len(state["resources"]),
            origin=origin,
        )

    def _body(self, key: str, **asked: Any) -> bytes | None:
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key, **asked)["Body"].read()
        except ClientError as error:
            # A version that S3 could not have named is an invalid argument.
            if _code(error) in (ABSENT | {"InvalidArgument"} if asked else ABSENT):
                return None
            raise self._refused("get_object", error) from error
        except BotoCoreError as error:
            raise self._refused("get_object", error) from error

    def _ask(self, operation: str, **asked: Any) -> Any:
        try:
            return getattr(self._client, operation)(Bucket=self._bucket, **asked)
        except (ClientError, BotoCoreError) as error:
            raise self._refused(operation, error) from error

    def _refused(self, operation: str, error: Exception) -> Problem:
        doing = operation.replace("_", " ")
        todo = advice(str(error)) or "Mend what it names and try again."
        return Problem(f"{self.place}: AWS did not {doing}: {str(error).rstrip('.')}. {todo}")


def parsed(text: bytes) -> dict[str, Any] | None:
    """A state of Terraform's, or None where the text is none."""
    try:
        state: Any = json.loads(text)
    except ValueError:
        return None
    is_one = (
        isinstance(state, dict)
        and state.get("version") == FORMAT
        and isinstance(state.get("serial"), int)
        and isinstance(state.get("lineage"), str)
        and isinstance(state.get("resources"), list)
    )
    return state if is_one else None


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _me() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user need have no name
        user = "someone"
    return f"{user}@{platform.node()}"
