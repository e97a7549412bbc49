"""The account as its own API shows it."""

import threading
from collections.abc import Iterator
from typing import Any

import boto3
import jmespath
from botocore.config import Config
from botocore.exceptions import ClientError

from harness.aws import Aws

TOKENS = ("NextToken", "nextToken", "NextMarker", "Marker")
"""What services call the mark of the next page."""


class Account:
    """Asks an account's API.

    Attributes:
        id: The account's number.
    """

    def __init__(self, account_id: str, aws: Aws) -> None:
        self.id = account_id
        self._session = boto3.Session()
        self._settings: dict[str, Any] = {}
        if aws.emulator is not None:
            # Never the caller's own: they may be of a real account.
            self._settings = {
                "endpoint_url": aws.emulator.url,
                "aws_access_key_id": aws.environ["AWS_ACCESS_KEY_ID"],
                "aws_secret_access_key": aws.environ["AWS_SECRET_ACCESS_KEY"],
            }
        self._clients: dict[tuple[str, str], Any] = {}
        self._making = threading.Lock()

    def client(self, service: str, region: str) -> Any:
        """A service's client; botocore may use one in many threads, but not make two at a time."""
        with self._making:
            if (service, region) not in self._clients:
                self._clients[service, region] = self._session.client(
                    service,
                    region_name=region,
                    config=Config(retries={"mode": "standard"}),
                    **self._settings,
                )
            return self._clients[service, region]

    def rows(
        self, service: str, region: str, operation: str, path: str, **asked: Any
    ) -> Iterator[Any]:
        """What lies at `path` (as JMESPath writes it) in every page of an operation's answer."""
        client = self.client(service, region)
        called = client.meta.method_to_api_mapping[operation]
        members = client.meta.service_model.operation_model(called).input_shape.members
        token = next((name for name in TOKENS if name in members), None)
        if client.can_paginate(operation):
            for page in client.get_paginator(operation).paginate(**asked):
                yield from jmespath.search(path, page) or []
            return
        while True:
            page = getattr(client, operation)(**asked)
            yield from jmespath.search(path, page) or []
            outer: Any = page.get(path.split(".", maxsplit=1)[0])
            places = [page, outer] if isinstance(outer, dict) else [page]
            marks = [place[name] for place in places for name in TOKENS if place.get(name)]
            if not marks or token is None:
                return
            asked[token] = marks[0]

    def one(
        self, service: str, region: str, operation: str, absent: str, **asked: Any
    ) -> dict[str, Any] | None:
        """An operation's answer; None where it fails with one of the codes that `absent` lists.

        Args:
            service: As boto3 names it.
            region: Where.
            operation: As boto3 names it.
            absent: The error codes, separated by blanks, that say that there is no such thing.
            asked: The operation's parameters.
        """
        try:
            return getattr(self.client(service, region), operation)(**asked)
        except ClientError as error:
            if str(error.response.get("Error", {}).get("Code")) in absent.split():
                return None
            raise
