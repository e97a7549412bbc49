"""Changes that touch no path: names, descriptions, tags, thresholds, retention."""

from collections.abc import Iterator

from tests.policy.mutation.draft import Draft
from tests.policy.mutation.mutants import Mutant, addresses, after, one_of_each, putting, short

MISLEADING = ("open-to-the-world", "public", "0.0.0.0/0", "ssh", "port 22")

DESCRIBED = (
    "aws_security_group",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_launch_template",
    "aws_iam_role",
    "aws_kms_key",
)


def tags(base: Draft) -> Iterator[Mutant]:
    """One resource of each type with a misleading tag."""
    seen: set[str] = set()
    for change in base.document["resource_changes"]:
        address, kind = change["address"], change["type"]
        if kind not in seen and isinstance(after(base, address).get("tags"), dict):
            word = MISLEADING[len(seen) % len(MISLEADING)]
            seen.add(kind)
            edit = putting(address, "tags", value=after(base, address)["tags"] | {"Name": word})
            yield Mutant("tag", f"{short(address)} Name {word}", edit)


def descriptions(base: Draft) -> Iterator[Mutant]:
    """Misleading descriptions."""
    for n, address in enumerate(one_of_each(base, addresses(base, *DESCRIBED))):
        word = MISLEADING[n % len(MISLEADING)]
        edit = putting(address, "description", value=f"allow {word}")
        yield Mutant("description", f"{short(address)} allow {word}", edit)


def figures(base: Draft) -> Iterator[Mutant]:
    """Thresholds of alarms, days of retention, sizes."""
    for address in addresses(base, "aws_cloudwatch_metric_alarm")[:4]:
        yield Mutant(
            "figure", f"{short(address)} threshold", putting(address, "threshold", value=77)
        )
    for address in addresses(base, "aws_cloudwatch_log_group")[:2]:
        edit = putting(address, "retention_in_days", value=731)
        yield Mutant("figure", f"{short(address)} retention", edit)
    for address in addresses(base, "aws_autoscaling_group"):
        yield Mutant("figure", f"{short(address)} max_size", putting(address, "max_size", value=12))
    for address in addresses(base, "aws_lb"):
        yield Mutant(
            "figure", f"{short(address)} idle_timeout", putting(address, "idle_timeout", value=900)
        )


OPERATORS = (tags, descriptions, figures)
