"""The run itself: the chosen checks on one plan, and the proof that checkov looked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from checkov.common.graph.checks_infra.base_check import BaseGraphCheck
from checkov.common.graph.graph_builder.graph_components.attribute_names import CustomAttributes
from checkov.common.models.enums import CheckResult
from checkov.common.output.report import Report
from checkov.runner_filter import RunnerFilter
from checkov.terraform.checks.provider.registry import provider_registry
from checkov.terraform.checks.resource.registry import resource_registry
from checkov.terraform.plan_runner import Runner
from checkov.version import version

from policy.checkov_run.answers import Answer, Outcome, worst
from policy.checkov_run.headline import translator_ports
from policy.checkov_run.planned import NotLookedError, planned_types, read_plan
from policy.checkov_run.selection import load_selection

# Imported for what it does: making a check registers it with checkov.
HEADLINE = (
    translator_ports.load_balancer_takes_only_443,
    translator_ports.instances_take_only_11434,
)
_OUTCOMES: Mapping[CheckResult, Outcome] = {
    CheckResult.PASSED: "passed",
    CheckResult.FAILED: "failed",
    CheckResult.UNKNOWN: "unknown",
}


class _KeepingRunner(Runner):
    """checkov's runner for plans, which keeps what the graph's checks answered.

    The report drops every answer "unknown", and a graph check that breaks leaves no trace in it.
    """

    graph_answers: Mapping[BaseGraphCheck, list[Any]]

    def run_graph_checks_results(
        self, *args: Any, **kwargs: Any
    ) -> dict[BaseGraphCheck, list[Any]]:
        answers = super().run_graph_checks_results(*args, **kwargs)
        self.graph_answers = answers
        return answers


class ChosenRun:
    """checkov, ready to judge one plan with the chosen checks."""

    def __init__(self) -> None:
        self.version = version
        self._selection = load_selection()
        self._runner = _KeepingRunner()
        self._runner.graph_registry.load_checks()
        self._graph = {c.id for c in self._runner.graph_registry.checks} & set(self._chosen)
        registered = self._graph | {
            check.id
            for registry in (resource_registry, provider_registry)
            for checks in (*registry.checks.values(), *registry.wildcard_checks.values())
            for check in checks
        }
        if strange := sorted(set(self._chosen) - registered):
            raise NotLookedError(f"checkov {version} has no check {', '.join(strange)}.")

    @property
    def _chosen(self) -> list[str]:
        return list(self._selection.chosen)

    def judge(self, plan: Path) -> dict[str, Any]:
        """Run the checks on a plan's JSON and return the answers as a JSON document.

        Raises:
            NotLookedError: When the file is no plan, or checkov passed over a part of it.
        """
        types = planned_types(read_plan(plan))
        report = self._runner.run(
            files=[str(plan)],
            runner_filter=RunnerFilter(
                framework=["terraform_plan"],
                checks=self._chosen,
                download_external_modules=False,
            ),
        )
        if not isinstance(report, Report) or report.parsing_errors or report.skipped_checks:
            raise NotLookedError("checkov could not parse the plan, or skipped a part of it.")
        seen = {str(resource).partition(":")[2] for resource in report.resources}
        if missed := sorted(types.keys() - seen):
            raise NotLookedError(f"checkov did not look at {missed[0]}, one of {len(missed)}.")
        answers: dict[tuple[str, str], Answer] = {}
        for answer in (*self._direct(report, types), *self._from_graph(seen)):
            answers[answer.check, answer.address] = worst(answers, answer)
        return {
            "version": version,
            "resources": len(types),
            "answers": [
                [one.check, one.name, one.address, one.outcome]
                for _, one in sorted(answers.items())
            ],
        }

    def _direct(self, report: Report, types: Mapping[str, str]) -> Iterator[Answer]:
        """Yield the answers of the checks on single resources; one that is missing is unknown."""
        answered: set[tuple[str, str]] = set()
        for record in (*report.passed_checks, *report.failed_checks):
            if record.check_id not in self._graph:
                address = str(record.resource_address or record.resource)
                answered.add((record.check_id, address))
                yield Answer(
                    record.check_id, record.check_name, address, _outcome(record.check_result)
                )
        for address, kind in types.items():
            for check in resource_registry.get_checks(kind):
                if check.id in self._selection.chosen and (check.id, address) not in answered:
                    yield Answer(check.id, check.name, address, "unknown")

    def _from_graph(self, seen: set[str]) -> Iterator[Answer]:
        kept = self._runner.graph_answers if seen else {}
        if seen and (silent := sorted(self._graph - {check.id for check in kept})):
            raise NotLookedError(f"{silent[0]} of checkov broke on this plan.")
        for check, answers in kept.items():
            for answer in answers:
                address = str(answer.get("entity", {}).get(CustomAttributes.TF_RESOURCE_ADDRESS))
                yield Answer(check.id, check.name, address, _outcome(answer))


def _outcome(answer: Mapping[str, Any]) -> Outcome:
    given = answer.get("result")
    return _OUTCOMES[given] if isinstance(given, CheckResult) else "unknown"
