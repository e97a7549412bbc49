"""A certificate authority for one run, and the certificate of the page and the API from it.

The authority's key is gone once it has signed, and it speaks for names below `localhost` alone:
who trusts it trusts nobody with anything else.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from harness.local.place import API, PAGE
from harness.problem import Problem

DAYS = "30"

CONFIGURATION = f"""
[req]
distinguished_name = nobody
prompt = no
[nobody]
CN = translator on this machine
[authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
nameConstraints = critical,permitted;DNS:localhost
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:{PAGE},DNS:{API}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def certify(authority: Path, folder: Path) -> None:
    """Write the authority's certificate to `authority`, tls.pem and tls.key to `folder`.

    Raises:
        Problem: There is no openssl, or it failed.
    """
    if shutil.which("openssl") is None:
        raise Problem(
            "make up needs openssl for its certificate: install it"
            " (on Debian and Ubuntu: apt-get install openssl)."
        )
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        (made / "cnf").write_text(CONFIGURATION, encoding="utf-8")
        request = ("req", "-config", "cnf", "-newkey", "rsa:2048", "-nodes", "-sha256")
        sign = ("-days", DAYS, "-out")
        _openssl(
            made,
            *request,
            "-x509",
            "-extensions",
            "authority",
            "-keyout",
            "ca.key",
            *sign,
            "ca.pem",
        )
        _openssl(made, *request, "-keyout", "tls.key", "-out", "request")
        signer = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-sha256")
        extended = ("-extfile", "cnf", "-extensions", "server")
        _openssl(made, "x509", "-req", "-in", "request", *signer, *extended, *sign, "tls.pem")
        shutil.copy(made / "ca.pem", authority)
        for each in ("tls.pem", "tls.key"):
            shutil.copy(made / each, folder)
        (folder / "tls.key").chmod(0o600)


def _openssl(folder: Path, *words: str) -> None:
    done = subprocess.run(  # noqa: S603 # this project's own words
        ("openssl", *words),  # noqa: S607 # PATH's own
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
        raise Problem(f"openssl {words[0]} failed: {last}")
