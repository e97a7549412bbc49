"""Terraform's own formatting of the files that people edit by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.project import ENVS, ROOT
from harness.terraform import FLAG, Terraform

CHILDREN = ROOT / "tests" / "plan" / "children"


@pytest.mark.parametrize("folder", [ENVS, CHILDREN], ids=["envs", "children"])
def test_hcl_is_formatted_as_terraform_does(
    folder: Path, terraform: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    done = terraform(tmp_path).cmd("fmt", str(folder), check=FLAG, diff=FLAG, timeout=60)

    assert done.exit_code == 0, f"terraform fmt {folder.relative_to(ROOT)}\n{done.stdout}"
