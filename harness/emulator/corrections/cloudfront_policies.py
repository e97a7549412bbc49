"""CloudFront: cache policies and response headers policies, which moto does not know."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import re
from dataclasses import dataclass
from typing import Any

from moto.cloudfront import urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import random_id
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from harness.emulator.corrections import correction


@correction(
    types=["aws_cloudfront_cache_policy"],
    stock="knows no cache policies (404)",
    aws="makes, returns, changes and deletes them",
    source="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateCachePolicy.html",
)
def cache_policies() -> None:
    """Keep cache policies."""
    _kept("CachePolicy")


@correction(
    types=["aws_cloudfront_response_headers_policy"],
    stock="knows no response headers policies (404)",
    aws="makes, returns, changes and deletes them",
    source=(
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/"
        "API_CreateResponseHeadersPolicy.html"
    ),
)
def response_headers_policies() -> None:
    """Keep response headers policies."""
    _kept("ResponseHeadersPolicy")


def shown_policy(backend: Any, kind: str, id_: str) -> dict[str, Any]:
    """A policy as AWS shows it, e.g. `shown_policy(backend, "CachePolicy", "E2…")`.

    Raises:
        CloudFrontException: There is none of that id.
    """
    policies: dict[str, dict[str, Any]] = vars(backend).setdefault(f"{kind}_kept", {})
    if id_ not in policies:
        raise CloudFrontException(f"NoSuch{kind}", f"There is no {kind} {id_}.")
    return policies[id_]


def _kept(kind: str) -> None:
    """Serve the calls that all policies have; their forms are those of botocore's model."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
    place = "{0}/2020-05-31/" + name.replace("_", "-")
    for path in ("$", "/(?P<Id>[^/]+)$", "/(?P<Id>[^/]+)/config$"):
        urls.url_paths[place + path] = CloudFrontResponse.dispatch
    calls = _Calls(kind)
    for verb in ("create", "get", "update", "delete"):
        setattr(CloudFrontResponse, f"{verb}_{name}", _method(getattr(calls, verb)))
    setattr(CloudFrontResponse, f"get_{name}_config", _method(calls.get_config))
    setattr(CloudFrontResponse, f"list_{name.removesuffix('y')}ies", _method(calls.list_custom))


def _method(call: Any) -> Any:
    """A function, which a class makes a method of; a bound method it would not."""

    def method(self: Any) -> Any:
        return call(self)

    return method


@dataclass(frozen=True)
class _Calls:
    """The calls about one kind of policy; `response` is moto's object of a request."""

    kind: str

    def create(self, response: Any) -> ActionResult:
        return self._keep(response, random_id())

    def get(self, response: Any) -> ActionResult:
        return self._shown(self._asked_for(response))

    def get_config(self, response: Any) -> ActionResult:
        config = f"{self.kind}Config"
        policy = self._asked_for(response)
        return ActionResult({config: policy[config], "ETag": policy["ETag"]})

    def update(self, response: Any) -> ActionResult:
        return self._keep(response, self._asked_for(response)["Id"])

    def delete(self, response: Any) -> EmptyResult:
        del self._kept_by(response)[self._asked_for(response)["Id"]]
        return EmptyResult()

    def list_custom(self, response: Any) -> ActionResult:
        kept = self._kept_by(response).values()
        items = [{"Type": "custom", self.kind: policy} for policy in kept]
        listed = {"MaxItems": 100, "Quantity": len(items), "Items": items}
        return ActionResult({f"{self.kind}List": listed})

    def _keep(self, response: Any, id_: str) -> ActionResult:
        config = f"{self.kind}Config"
        policy = {"Id": id_, "ETag": random_id(), "LastModifiedTime": utcnow()}
        self._kept_by(response)[id_] = policy | {config: response.params[config]}
        return self._shown(self._kept_by(response)[id_])

    def _kept_by(self, response: Any) -> dict[str, dict[str, Any]]:
        return vars(response.backend).setdefault(f"{self.kind}_kept", {})

    def _asked_for(self, response: Any) -> dict[str, Any]:
        return shown_policy(response.backend, self.kind, response.params["Id"])

    def _shown(self, policy: dict[str, Any]) -> ActionResult:
        return ActionResult({self.kind: policy, "ETag": policy["ETag"]})
