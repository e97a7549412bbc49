"""Each correction restores what AWS does; moto without it does not, or it would have to go."""

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from harness.emulator.listed import corrections
from tests.apply.emulated import Emulated
from tests.apply.probes import PROBES

pytestmark = pytest.mark.xdist_group("emulator")

CORRECTIONS = {each.name: each for each in corrections()}


def test_every_correction_has_a_probe_and_every_probe_a_correction() -> None:
    assert set(PROBES) == set(CORRECTIONS)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_with_the_correction_it_answers_as_aws_does(name: str, corrected: Emulated) -> None:
    assert PROBES[name](corrected)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_without_it_moto_does_not(name: str, stock: Emulated) -> None:
    """If this fails, moto has learnt it: drop the correction."""
    try:
        answered = PROBES[name](stock)
    except (BotoCoreError, ClientError, ResponseParserError):
        return
    assert not answered
