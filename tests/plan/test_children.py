"""Each module on its own, called from plain HCL: an ordinary Terraform module for anybody."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import main
from harness.terraform import FLAG, Terraform

HERE = Path(__file__).parent / "children"


def test_every_module_validates_and_plans_without_python(
    stacks: Path, tmp_path: Path, terraform: Callable[[Path], Terraform]
) -> None:
    """One root calls them all, none knowing another: Terraform starts but once for each command."""
    for file in HERE.glob("*.tf"):
        shutil.copy(file, tmp_path)
    shutil.copy(stacks / "translator" / ".terraform.lock.hcl", tmp_path)
    (tmp_path / "modules").symlink_to(stacks)
    run = terraform(tmp_path)

    for done in (
        run.cmd("init", input=False, lockfile="readonly", no_color=FLAG, timeout=300),
        run.cmd("validate", no_color=FLAG, timeout=300),
        run.cmd("plan", input=False, out="plan.tfplan", no_color=FLAG, timeout=300),
    ):
        assert done.ok, done.stderr

    done = run.cmd("show", "plan.tfplan", json=FLAG, timeout=300)
    planned = json.loads(done.stdout)
    called = planned["configuration"]["root_module"]["module_calls"]
    assert set(called) == {module.module_name() for module in main.MODULES}
