"""Each correction restores what AWS does; moto without it does not, or it would have to go."""

import importlib

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from harness.emulator.listed import corrections
from tests.apply.emulated import Emulated

pytestmark = pytest.mark.xdist_group("emulator")

CORRECTIONS = [each.name for each in corrections()]


def probed(name: str, aws: Emulated) -> bool:
    """Whether an emulator answers as AWS does; probes/ec2.py asks about `ec2.…` and `ec2_….…`."""
    file, _, function = name.partition(".")
    module = importlib.import_module(f"tests.apply.probes.{file.partition('_')[0]}")
    return getattr(module, function)(aws)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_with_the_correction_it_answers_as_aws_does(name: str, corrected: Emulated) -> None:
    assert probed(name, corrected)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_without_it_moto_does_not(name: str, stock: Emulated) -> None:
    """If this fails, moto has learnt it: drop the correction."""
    try:
        answered = probed(name, stock)
    except (BotoCoreError, ClientError, ResponseParserError):
        return
    assert not answered
