"""The counts of a plan that GitLab shows in a merge request."""

import json
from collections import Counter
from typing import Any

COUNTED = ("create", "update", "delete")
"""GitLab's own words; a resource that is replaced counts under both create and delete.

https://docs.gitlab.com/user/infrastructure/iac/mr_integration/
"""


def counts(plan_json: str) -> dict[str, int]:
    """How many resources a plan creates, updates and deletes.

    Args:
        plan_json: What `terraform show -json` printed of it.
    """
    plan: Any = json.loads(plan_json)
    changes = plan.get("resource_changes", [])
    found = Counter(action for change in changes for action in change["change"]["actions"])
    return {name: found[name] for name in COUNTED}
