"""How AWS refuses a call, in the protocol of the service that was called.

Codes: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html, and each
service's own list of common errors. The SDKs tell by them what to try again.
"""

import json
from collections.abc import Mapping

from tests.apply.way import Answer

TEXTS = {
    "Throttled": "Rate exceeded",
    "AccessDenied": "Access Denied",
    "ExpiredToken": "The security token included in the request is expired",
    "InternalError": "We encountered an internal error. Please try again.",
}

CODES = {
    "AccessDenied": {"ec2": (403, "UnauthorizedOperation"), "s3": (403, "AccessDenied")},
    "Throttled": {"ec2": (503, "RequestLimitExceeded"), "s3": (503, "SlowDown")},
    "ExpiredToken": {"ec2": (400, "RequestExpired"), "s3": (400, "ExpiredToken")},
    "InternalError": {"ec2": (500, "InternalError"), "s3": (500, "InternalError")},
}
IN_QUERY = {
    "AccessDenied": (403, "AccessDenied"),
    "Throttled": (400, "Throttling"),
    "ExpiredToken": (403, "ExpiredToken"),
    "InternalError": (500, "InternalFailure"),
}
IN_JSON = {
    "AccessDenied": (400, "AccessDeniedException"),
    "Throttled": (400, "ThrottlingException"),
    "ExpiredToken": (400, "ExpiredTokenException"),
    "InternalError": (500, "InternalServerError"),
}


def refusal(why: str, service: str, asked: Mapping[str, str]) -> Answer:
    """A refusal for a reason that TEXTS names; `asked` has the headers' names in lower case."""
    text = TEXTS[why]
    if "x-amz-target" in asked:
        status, code = IN_JSON[why]
        content = json.dumps({"__type": code, "message": text})
        return Answer(status, [("Content-Type", "application/x-amz-json-1.1")], content.encode())
    status, code = CODES[why].get(service, IN_QUERY[why])
    error = f"<Code>{code}</Code><Message>{text}</Message>"
    content = {
        "ec2": f"<Response><Errors><Error>{error}</Error></Errors></Response>",
        "s3": f"<Error>{error}<RequestId>r</RequestId></Error>",
    }.get(service, f"<ErrorResponse><Error>{error}</Error><RequestId>r</RequestId></ErrorResponse>")
    return Answer(status, [("Content-Type", "text/xml")], content.encode())


def unavailable(service: str, asked: Mapping[str, str]) -> Answer:
    """A service that is broken: by its own word where it still has one, else by its front's.

    The call's signature, which is as good as dice, says which.
    """
    if int(asked.get("authorization", "0")[-1], 16) % 2:
        return refusal("InternalError", service, asked)
    return Answer(503, [("Content-Type", "text/html")], b"<html>Service Unavailable</html>")
