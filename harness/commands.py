"""The commands that `python -m harness` knows, and the sentence each ends with if it fails."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable

from envs.load import EnvironmentFileError
from harness import emulated, explain, gate, plan, quality, roots
from harness.problem import Problem
from harness.progress import Progress
from harness.synth import synthesised
from harness.web_identity import role_taken

Command = Callable[[str, str, Progress], int]


def _later(module: str, name: str) -> Command:
    """A command that is imported when it is given: boto3 takes a third of a second."""

    def run(environment: str, root: str, progress: Progress) -> int:
        return getattr(importlib.import_module(module), name)(environment, root, progress)

    return run


ON_ENVIRONMENT: dict[str, Command] = {
    "plan": plan.plan,
    "gate": gate.gate,
    "apply": emulated.apply,
    "destroy": emulated.destroy,
    "drift": _later("harness.drift", "drift"),
    "close": _later("harness.drift", "close"),
    "recover": _later("harness.recover.command", "recover"),
    "checklist": _later("harness.checklist.command", "checklist"),
    "state-versions": _later("harness.state_versions", "versions"),
    "state-restore": _later("harness.state_versions", "restore"),
}


def main(arguments: list[str]) -> int:
    """Run one command; whatever a user can cause ends in a sentence, never in a traceback."""
    if not sys.stdout:  # None, where whoever started this closed it
        sys.stdout = io.StringIO()
    try:
        exit_code = _run(_parser().parse_args(arguments))
        sys.stdout.flush()  # here, so that a full disk is noticed while it can be told
    except Problem as problem:
        return _complain(str(problem), problem.exit_code)
    except EnvironmentFileError as wrong:
        return _complain(str(wrong), 2)
    except OSError as error:
        _give_up_stdout()
        return _complain(explain.of_os_error(error), 1)
    except KeyboardInterrupt:
        return _complain("interrupted.", 130)
    return exit_code


def _run(chosen: argparse.Namespace) -> int:
    match chosen.command:
        case "synth":
            progress = Progress()
            with progress.step("synth"), synthesised(progress.say) as synth:
                progress.note("" if synth.repeated else "unchanged")
            return 0
        case "lint" | "fix" as name:
            return quality.run({"lint": quality.LINT, "fix": quality.FIX}[name])
        case "bench":
            return importlib.import_module("harness.bench").main()
        case "up" | "down" as name:
            command = getattr(importlib.import_module(f"harness.local.{name}"), name)
            return command(Progress())
        case "docs":
            return importlib.import_module("harness.docs").main(check=chosen.check)
        case command:
            root = roots.named()
            with role_taken(chosen.environment):
                return ON_ENVIRONMENT[command](chosen.environment, root, Progress())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m harness")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ON_ENVIRONMENT:
        commands.add_parser(name).add_argument("environment")
    for name in ("synth", "lint", "fix", "bench", "up", "down"):
        commands.add_parser(name)
    commands.add_parser("docs").add_argument("--check", action="store_true")
    return parser


def _give_up_stdout() -> None:
    """Where stdout takes no more, have Python not try, and complain, once more as it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str, exit_code: int) -> int:
    sys.stderr.write(f"error: {sentence}\n")
    return exit_code
