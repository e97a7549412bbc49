"""`python -m policy PLAN`: judges a saved Terraform plan.

Exit code 0: allowed. 1: denied. 2: it could not judge.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import envs.load
from policy.checkov_run.process import Checkov
from policy.gate import gate, open_plan
from policy.intent import Intent
from policy.plan import plan_file
from policy.problem import CannotJudgeError
from policy.report import FORMATS, ReportError, encodable, render, wants_colour, write
from policy.report.visible import visible
from policy.show import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

ALLOWED: Final = 0
DENIED: Final = 1
CANNOT_JUDGE: Final = 2

_DOMAIN: Final = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")

_DESCRIPTION: Final = """\
Prove from a saved Terraform plan who can reach the load balancer and the instances behind it,
and refuse the plan where anything but the wanted two passages is open or cannot be shown closed."""

_EPILOG: Final = """\
exit codes: 0 the plan is allowed; 1 it is denied; 2 the gate could not judge it

examples:
  .venv/bin/python -m policy build/prod/plan.tfplan --env prod --json build/prod/plan.json
  .venv/bin/python -m policy plan.out --vpn-cidr 10.8.0.0/16 --vpn-cidr 2001:db8:8::/48 \\
      --domain translate.example.com --format sarif --output gate.sarif"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code. Whatever was given, there is no traceback."""
    try:
        chosen = _parser().parse_args(arguments)
        return _judge(chosen)
    except (CannotJudgeError, ReportError, envs.load.EnvironmentFileError) as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return _complain("interrupted.", 130)
    except MemoryError:
        return _complain("the plan takes more memory than there is.")
    except OSError as error:
        return _complain(f"{error.filename or 'the output'}: {error.strerror or error}.")


def _judge(chosen: argparse.Namespace) -> int:
    intent = _intent(chosen)
    with contextlib.ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="gate-")))
        wanted = chosen.checkov or intent.environment is not None
        checkov = held.enter_context(Checkov().start()) if wanted else None
        place: Path | None = chosen.json
        if not plan_file.is_plan_file(plan_file.content(chosen.plan)[:2]):
            if place is not None:
                raise CannotJudgeError(f"{chosen.plan} is no plan file, so --json is of no use.")
        elif place is None:
            place = shown(chosen.plan, folder)
        opened = open_plan(chosen.plan, place)
        if checkov is not None:
            checkov.submit(place or chosen.plan)
        verdict = gate(opened, intent, checkov)
    if chosen.output is None and sys.stdout is None:
        raise CannotJudgeError("There is no output to write to: it is closed; name an --output.")
    if chosen.output is not None:
        write(render(verdict, chosen.format, width=100), chosen.output)
    else:
        colour = wants_colour(sys.stdout, os.environ)
        text = render(verdict, chosen.format, colour=colour, width=_width())
        _print(encodable(text, sys.stdout.encoding))
    return ALLOWED if verdict.allowed else DENIED


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        # Python tries the rest of its buffer again as it ends, and would exit with 120.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _intent(chosen: argparse.Namespace) -> Intent:
    if chosen.env is None:
        if chosen.domain is not None and not _DOMAIN.fullmatch(chosen.domain):
            raise CannotJudgeError(
                f"--domain {chosen.domain[:80]!r} is no host name like translate.example.com."
            )
        return Intent(tuple(chosen.vpn_cidr), chosen.domain)
    if chosen.domain is not None:
        raise CannotJudgeError(
            "--domain goes with --vpn-cidr; --env takes it from the environment."
        )
    return for_environment(chosen.env)


def for_environment(name: str) -> Intent:
    """Return what one of this repository's environments is judged against.

    Raises:
        CannotJudgeError: There is no such environment.
        EnvironmentFileError: Its variable file is wrong.
    """
    if name not in envs.load.names():
        raise CannotJudgeError(
            f"--env {name} is no environment: say one of {', '.join(envs.load.names())}."
        )
    settings = envs.load.load(envs.load.path(name))
    return Intent(
        vpn_cidrs=tuple(map(str, settings.vpn_cidrs)),
        domain=settings.domain_name,
        environment=name,
        page_cidrs=tuple(map(str, settings.ui_allowed_cidrs)),
    )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CannotJudgeError(f"{message}; see python -m policy --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m policy",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("plan", metavar="PLAN", type=Path, help="what `terraform plan -out` wrote")
    against = parser.add_mutually_exclusive_group(required=True)
    against.add_argument("--env", metavar="ENV", help="one of this repository's environments")
    against.add_argument(
        "--vpn-cidr",
        metavar="CIDR",
        action="append",
        help="a range from which people come; once for each",
    )
    parser.add_argument(
        "--domain", metavar="NAME", help="the page's host name; else the distribution's aliases"
    )
    parser.add_argument(
        "--json",
        metavar="PLAN_JSON",
        type=Path,
        help="what `terraform show -json PLAN` wrote; else Terraform is run",
    )
    parser.add_argument(
        "--checkov",
        action="store_true",
        help="run checkov's chosen checks too; always on with --env",
    )
    parser.add_argument("--format", choices=("text", *FORMATS), default="text")
    parser.add_argument("--output", metavar="FILE", type=Path, help="instead of the terminal")
    return parser


def _width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def _complain(sentence: str, exit_code: int = CANNOT_JUDGE) -> int:
    # Without a place to say it the exit code still does.
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(encodable(f"error: {visible(sentence)}\n", sys.stderr.encoding))
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
