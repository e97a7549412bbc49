"""A key pair is found wherever an instance takes it from."""

import pytest

from policy.intent import Intent
from policy.judge import judge
from tests.policy.small_plan import files, plan, resource


@pytest.mark.parametrize("key", ["operations", ""])
def test_the_key_pair_of_the_template_beneath_an_instance_is_found(key: str) -> None:
    template = {
        "id": "lt-0123456789abcdef0",
        "key_name": key,
        "latest_version": 1,
        "default_version": 1,
    }
    instance = {
        "id": "i-0123456789abcdef0",
        "launch_template": [{"id": "lt-0123456789abcdef0", "version": "$Latest"}],
        "user_data": "#!/bin/sh\nollama serve\n",
    }
    document = plan(
        resource("aws_launch_template.base", template), resource("aws_instance.host", instance)
    )
    written = 'resource "aws_instance" "host" {\n}\nresource "aws_launch_template" "base" {\n}\n'

    said = judge(document, files(written), Intent(("10.0.0.0/8",)))

    found = [one.address for one in said.findings if one.requirement == "remote-access"]
    assert found == (["aws_launch_template.base"] if key else [])
