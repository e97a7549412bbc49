"""An instance that boots comes up by itself, serves, and leaves without cutting a stream."""

import json

import pytest

from tests.boot.conftest import Boot

pytestmark = pytest.mark.xdist_group("boot")


def test_it_serves_survives_a_crash_of_ollama_and_ends_its_streams_when_told_to_leave(
    boot: Boot,
) -> None:
    # GitHub's connection breaks in the middle of Ollama's release, once.
    with boot("registry", archive="broken once") as machine:
        machine.until_ready()
        machine.until(lambda: machine.told == ["CONTINUE"], what="the group is told to go on")
        said, _ = machine.stream(3).communicate(timeout=30)
        assert [json.loads(line)["done"] for line in said.splitlines()] == [False] * 3 + [True]

        before = machine.run("systemctl", "show", "--value", "-p", "MainPID", "ollama.service")
        machine.run("kill", "-KILL", before.strip())
        machine.until(lambda: machine.readiness()[0] == 503, what="a crash takes it out of service")
        machine.until_ready()

        # Longer than the five seconds that the distribution's own unit would leave it.
        stream = machine.stream(80)
        assert stream.stdout is not None
        assert stream.stdout.readline()
        machine.nspawn.terminate()  # as a power button does
        rest, _ = stream.communicate(timeout=60)
        assert json.loads(rest.splitlines()[-1])["done"] is True
        assert machine.nspawn.wait(timeout=60) == 0


def test_it_takes_its_model_from_a_bucket_and_asks_no_registry(boot: Boot) -> None:
    with boot("bucket", registry="down") as machine:
        machine.until_ready()
        machine.until(lambda: machine.told == ["CONTINUE"], what="the group is told to go on")
        assert machine.run("stat", "-c", "%U", "/var/lib/ollama/models/blobs") == "ollama\n"
