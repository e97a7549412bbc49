"""What the world offers an instance: a release of Ollama, a model, and a certificate to trust."""

import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path

INSIDE = Path(__file__).parent / "inside"

HOSTS = ("github.com", "release-assets.githubusercontent.com", "registry.ollama.ai")

MANIFEST = Path("manifests", "registry.ollama.ai", "library", "gemma3n", "e4b")

BLOB_BYTES = 256 * 1024


def release() -> bytes:
    """An `ollama-linux-amd64.tar.zst` whose binary is the stand-in; the same bytes every time."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        content = (INSIDE / "ollama").read_bytes()
        entry = tarfile.TarInfo("bin/ollama")
        entry.size, entry.mode = len(content), 0o755
        tar.addfile(entry, io.BytesIO(content))
        # The rest of a real one: large enough for a connection to break in the middle of it.
        ballast = tarfile.TarInfo("lib/ollama/ballast")
        ballast.size = 1024 * 1024
        tar.addfile(ballast, io.BytesIO(_noise(ballast.size)))
    return subprocess.run(
        ["zstd", "--quiet", "--stdout"],  # noqa: S607
        input=archive.getvalue(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout


def model(folder: Path) -> None:
    """A model as Ollama keeps it: a manifest, and blobs named by their digests."""
    blobs = folder / "blobs"
    blobs.mkdir(parents=True)

    def blob(content: bytes) -> dict[str, str | int]:
        digest = hashlib.sha256(content).hexdigest()
        (blobs / f"sha256-{digest}").write_bytes(content)
        return {"digest": f"sha256:{digest}", "size": len(content)}

    manifest = {"schemaVersion": 2, "config": blob(b"{}"), "layers": [blob(_noise(BLOB_BYTES))]}
    path = folder / MANIFEST
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def certificate(path: Path) -> None:
    """A certificate of these hosts that signs itself, and its key, in one file."""
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    subprocess.run(  # noqa: S603 # a command of constants
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "1"),
            *("-subj", "/CN=boot test", "-addext", f"subjectAltName={names}"),
            *("-keyout", str(path), "-out", f"{path}.crt"),
        ],
        capture_output=True,
        check=True,
        timeout=60,
    )
    with path.open("a", encoding="utf-8") as both:
        both.write(Path(f"{path}.crt").read_text(encoding="utf-8"))


def _noise(size: int) -> bytes:
    """Bytes that do not compress, and are the same every time."""
    return hashlib.shake_256(b"noise").digest(size)
