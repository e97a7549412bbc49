"""What checkov answers about a plan, as it goes from its process to the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Outcome = Literal["passed", "unknown", "failed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Answer:
    """One check's answer about one resource.

    Attributes:
        check: checkov's id.
        name: The check's statement, as checkov words it.
        address: The resource's address, or the provider's ("aws.default").
        outcome: "unknown" where the check could not tell or broke.
    """

    check: str
    name: str
    address: str
    outcome: Outcome


@dataclass(frozen=True)
class CheckovResult:
    """What a run of checkov found, after it was shown that it looked.

    Attributes:
        answers: One a check and resource, in the order of ids and addresses.
        resources: How many managed resources of the plan checkov saw: all of them.
        version: checkov's version.
    """

    answers: tuple[Answer, ...]
    resources: int
    version: str


def worst(answers: Mapping[tuple[str, str], Answer], answer: Answer) -> Answer:
    """Return the answer, or the worse one already given by that check at that address."""
    before = answers.get((answer.check, answer.address), answer)
    return max(before, answer, key=lambda one: OUTCOMES.index(one.outcome))


def read_result(document: Mapping[str, Any]) -> CheckovResult:
    """Read a result from the JSON of the process.

    Raises:
        ValueError: When it is not such a result.
    """
    answers, resources, version = (document.get(k) for k in ("answers", "resources", "version"))
    match answers, resources, version:
        case list(), int(), str():
            pass
        case _:
            raise ValueError("it lacks the answers, the count of resources or the version")
    read: list[Answer] = []
    for row in answers:
        match row:
            case [str(check), str(name), str(address), "passed" | "unknown" | "failed" as outcome]:
                read.append(Answer(check, name, address, outcome))
            case _:
                raise ValueError("an answer in it has another form")
    return CheckovResult(tuple(read), resources, version)
