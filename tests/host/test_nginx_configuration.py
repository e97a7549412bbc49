"""What can be said of the generated configuration without a request."""

import subprocess
import sys
from pathlib import Path

from tests.host.conftest import Files

GIXY = Path(sys.executable).with_name("gixy")


def test_gixy_finds_nothing(rendered: Files, tmp_path: Path) -> None:
    path = tmp_path / "nginx.conf"
    path.write_text(rendered["wide"]["/etc/translator/nginx.conf"])
    done = subprocess.run(  # noqa: S603 # a pinned tool
        [str(GIXY), "--format", "json", str(path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stdout + done.stderr
