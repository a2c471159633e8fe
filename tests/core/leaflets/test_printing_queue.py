"""A sheet on a real print queue: what is asked of the printer arrives, and text stays text."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointinfo import i18n
from pointinfo.desk import Desk
from pointinfo.leaflets import printing
from pointinfo.leaflets.printing import Job

QUEUE = Path(__file__).parents[4] / "shared" / "tools" / "cups-pdf-up"
NEEDED = ("cupsd", "lpadmin", "lp", "lpstat")


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a private printing system with the queue «leaffile», whose printer is a file."""
    lacking = [name for name in NEEDED if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None]
    if not QUEUE.exists() or lacking or not Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd").exists():
        pytest.skip("needs CUPS with CUPS-PDF, and the script that starts a private queue")
    home = Path(tempfile.mkdtemp(prefix="pointinfo-queue-"))  # the filters are another user's: not below pytest's own
    home.chmod(0o755)
    environment = {**os.environ, "CUPS_HOME": str(home), "LC_ALL": "C"}
    started = subprocess.run(["bash", QUEUE], env=environment, capture_output=True, check=False, timeout=60)
    if started.returncode:
        pytest.skip(f"the private queue does not start: {started.stderr.decode(errors='replace')[-200:]}")
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:6310")
    yield home
    subprocess.run(["pkill", "-f", f"cupsd -C {home}/"], check=False)
    shutil.rmtree(home, ignore_errors=True)


def test_copies_sides_and_paper_reach_the_queue_and_vectors_stay_vectors(desk: Desk, queue: Path) -> None:
    leaflet = desk.leaflets.visit_sheet(["vestiaire-social", "action-impots"])
    printing.send(leaflet.printed(), "Fiche PointInfo", Job("leaffile", 2, True, "A4"), i18n.words("fr"))
    printed = _came_out(queue)
    [data] = (queue / "spool").glob("d*-001")
    assert data.read_bytes() == leaflet.pdf, "the queue has the sheet itself"
    page_log = (queue / "log" / "page").read_text()
    assert "Fiche PointInfo A4 two-sided-long-edge" in page_log
    control = next((queue / "spool").glob("c*")).read_bytes()
    place = control.index(b"copies") + len(b"copies")
    assert control[place : place + 6] == bytes((0, 4, 0, 0, 0, 2)), "IPP: an integer of four bytes, two copies"
    assert b"/FontType 42" in printed, "letters are still letters"


def _came_out(queue: Path) -> bytes:
    """What the printer was sent, once it has all of it."""
    deadline = time.monotonic() + 60
    file = queue / "out" / "raw.out"
    while time.monotonic() < deadline:
        done = subprocess.run(["lpstat", "-W", "completed", "-o"], capture_output=True, check=False).stdout
        if done and any((queue / "spool").glob("c*")):
            return file.read_bytes()
    raise AssertionError("nothing came out of the printer")
