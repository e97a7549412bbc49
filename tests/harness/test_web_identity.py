"""A CI job's token becomes the role that it is meant for, and reaches no other program."""

import base64
import json
from pathlib import Path

import pytest

from harness import web_identity
from harness.problem import Problem
from harness.web_identity import role_taken


@pytest.fixture(autouse=True)
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(web_identity, "BUILD", tmp_path)
    return tmp_path


def token(**claims: object) -> str:
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{payload}.c2ln"


@pytest.mark.parametrize("purpose", ["plan", "apply"])
def test_the_audience_names_the_role(build: Path, purpose: str) -> None:
    given = token(aud=f"ollama-translator-prod-{purpose}", sub="x")
    environ = {"AWS_ID_TOKEN": given, "CI_JOB_ID": "7", "PATH": "/bin"}

    with role_taken("prod", environ):
        file = Path(environ["AWS_WEB_IDENTITY_TOKEN_FILE"])
        assert file.read_text() == given
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.is_relative_to(build / "prod")
        assert environ == {
            "CI_JOB_ID": "7",
            "AWS_WEB_IDENTITY_TOKEN_FILE": str(file),
            "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/pipeline/"
            f"ollama-translator-prod-{purpose}",
            "AWS_ROLE_SESSION_NAME": "gitlab-7",
            "PATH": "/bin",
        }
    assert not file.exists()
    assert environ == {"CI_JOB_ID": "7", "PATH": "/bin"}


def test_without_a_token_nothing_changes() -> None:
    environ = {"AWS_PROFILE": "work"}
    with role_taken("prod", environ):
        assert environ == {"AWS_PROFILE": "work"}
    assert environ == {"AWS_PROFILE": "work"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            token(aud="ollama-translator-dev-apply"),
            (
                "AWS_ID_TOKEN is meant for 'ollama-translator-dev-apply': ask for one with aud"
                " ollama-translator-prod-plan or ollama-translator-prod-apply."
            ),
        ),
        (token(aud=["ollama-translator-prod-plan"]), "AWS_ID_TOKEN is meant for ['ollama-"),
        (token(sub="x"), "AWS_ID_TOKEN holds no token of OpenID Connect: see id_tokens."),
        ("glpat-0123", "AWS_ID_TOKEN holds no token of OpenID Connect: see id_tokens."),
        ("a.!!.b", "AWS_ID_TOKEN holds no token of OpenID Connect: see id_tokens."),
    ],
    ids=["another environment's", "many", "no audience", "no token", "no base64"],
)
def test_another_token_is_refused(build: Path, given: str, sentence: str) -> None:
    environ = {"AWS_ID_TOKEN": given}
    with pytest.raises(Problem) as caught, role_taken("prod", environ):
        pass

    assert str(caught.value).startswith(sentence)
    assert given not in str(caught.value)
    assert environ == {}
    assert list(build.rglob("id-token")) == []
