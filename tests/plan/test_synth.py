"""The synth is one and the same, whenever and wherever it runs and whatever envs/ holds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def _synthesise(checkout: Path, outdir: Path) -> dict[str, bytes]:
    subprocess.run(  # this project's own program
        [sys.executable, "main.py"],
        cwd=checkout,
        env={**os.environ, "CDKTF_OUTDIR": str(outdir)},
        check=True,
        timeout=300,
    )
    return {
        str(path.relative_to(outdir)): path.read_bytes()
        for path in outdir.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def written(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a synth of the checkout writes."""
    return _synthesise(checkout, tmp_path_factory.mktemp("synth") / "out")


def test_nothing_of_an_environment_enters_the_synth(
    checkout: Path, tmp_path: Path, written: dict[str, bytes]
) -> None:
    variable_files = [*checkout.glob("envs/*.tfvars"), *checkout.glob("envs/*.tfbackend")]
    kept = {path: path.read_bytes() for path in variable_files}
    try:
        for path in variable_files:
            path.unlink()
        without = _synthesise(checkout, tmp_path / "without")
    finally:
        for path, content in kept.items():
            path.write_bytes(content)

    assert variable_files
    assert written == without


def test_the_synth_names_no_folder_of_the_machine(
    tmp_path: Path, written: dict[str, bytes]
) -> None:
    temporary = str(tmp_path.parent).encode()  # both the checkout and what was written lie there
    assert written
    for name, content in written.items():
        assert temporary not in content, name


def test_a_folder_of_any_name_will_do(checkout: Path, tmp_path: Path) -> None:
    here = tmp_path / "ün ï's"
    shutil.copytree(checkout, here, ignore=shutil.ignore_patterns("build", "cdktf.out"))

    assert _synthesise(here, tmp_path / "out")


def test_a_synth_loads_the_resources_it_needs_and_not_all_two_thousand(checkout: Path) -> None:
    counting = "import sys, main; print(sum('provider_aws.' in name for name in sys.modules))"
    done = subprocess.run(  # noqa: S603 # this project's own modules
        [sys.executable, "-c", counting],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert 50 < int(done.stdout) < 200
