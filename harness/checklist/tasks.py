"""The owner's deployment checklist: each task, and what proves it done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from envs.schema import Environment
from harness.checklist import backend, frontend, network
from harness.checklist.proof import Lack, Proof
from harness.checklist.stack import Stack

Status = Literal["stands", "planned", "missing"]
Check = Callable[[Stack, Environment], Iterator[Proof | Lack]]


@dataclass(frozen=True)
class Task:
    """A line of the owner's plan.

    Attributes:
        phase: Its phase, in the owner's words.
        task: The task, in the owner's words.
        check: Finds what proves it, and what is lacking.
    """

    phase: str
    task: str
    check: Check


@dataclass(frozen=True)
class Ticked:
    """A task, judged.

    Attributes:
        task: The task.
        proofs: What speaks for it.
        lacks: What is missing, a sentence each.
    """

    task: Task
    proofs: tuple[Proof, ...]
    lacks: tuple[str, ...]

    @property
    def status(self) -> Status:
        """`stands`, or only `planned`; `missing` if anything is."""
        if self.lacks:
            return "missing"
        return "stands" if all(each.resource.stands for each in self.proofs) else "planned"


TASKS = (
    Task("VPC prep", "Create a VPC with public and private subnets.", network.subnets),
    Task("Frontend", "Upload the UI files to S3.", frontend.files),
    Task(
        "Frontend",
        "Configure a CloudFront distribution with HTTPS and CNAME (if applicable).",
        frontend.distribution,
    ),
    Task(
        "Backend",
        "Create a golden AMI or launch template for the EC2 instances (including Ollama, Nginx"
        " configuration and model pull script).",
        backend.launch_template,
    ),
    Task(
        "Backend",
        "Set up the ALB to listen on 443 and forward traffic to the ASG target group.",
        backend.load_balancer,
    ),
    Task(
        "Backend",
        "Configure the ASG with the launch template and the desired scaling policies.",
        backend.autoscaling_group,
    ),
    Task("Security", "Apply strict security group rules (as above).", network.security_groups),
)


def ticked(stack: Stack, settings: Environment) -> list[Ticked]:
    """Every task, judged by what a plan or a state holds."""
    judged: list[Ticked] = []
    for task in TASKS:
        found = list(task.check(stack, settings))
        proofs = tuple(each for each in found if isinstance(each, Proof))
        lacks = tuple(each.sentence for each in found if isinstance(each, Lack))
        judged.append(Ticked(task, proofs, lacks))
    return judged
