"""Tries a built PointInfo as a counter finds it: outside the checkout, with an empty home.

`python packaging/smoke.py dist/pointinfo/pointinfo` (or `/usr/bin/pointinfo`) says a line for each trial and
exits 1 at the first that fails. Only Python's standard library: it runs where just the .deb is installed.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

PATIENCE_S = 60
"""How long any one step may take, on the slowest machine that builds."""

SQLITE_HEADER = b"SQLite format 3\x00"


def main() -> None:
    """Search, print, check, export and import, open the window, also without a screen; compare the resources."""
    if len(sys.argv) != 2:
        fail("smoke.py takes one argument, the program to try")
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="pointinfo-smoke-") as folder:
        bench = Path(folder)
        entry = search(program, bench)
        print_sheet(program, bench, entry)
        run(program, bench, "check")
        passed("check finds nothing wrong")
        publish(program, bench, entry)
        miss_a_resource(program, bench)
        exchange(program, bench)
        open_window(program, bench)
        ask_for_a_window_without_a_screen(program, bench)
    compare_resources(program)


def search(program: Path, bench: Path) -> str:
    """A search on a first start answers from the demonstration directory; returns the first entry's id."""
    answer = json.loads(run(program, bench, "search", "--json", "crèche"))
    results = answer["results"]
    if not results:
        fail("searching “crèche” found nothing")
    passed(f"“crèche” finds {len(results)}, first {results[0]['name']}")
    return str(results[0]["id"])


def print_sheet(program: Path, bench: Path, entry: str) -> None:
    sheet = bench / "sheet.pdf"
    run(program, bench, "sheet", entry, "-o", str(sheet))
    content = sheet.read_bytes() if sheet.is_file() else b""
    if not content.startswith(b"%PDF") or len(content) < 10_000:
        fail(f"the sheet is no PDF worth printing ({len(content)} bytes)")
    passed(f"a sheet of {len(content) // 1000} kB")


def publish(program: Path, bench: Path, entry: str) -> None:
    """Every script, a booklet for folding and a report: fonts, dates of all languages, NumPy and the solver."""
    made = {
        "arabic.pdf": ("sheet", entry, "--language", "ar", "--design", "large"),
        "tamil.pdf": ("sheet", entry, "--language", "ta"),
        "booklet.pdf": ("booklet", "--imposed", str(bench / "imposed.pdf")),
        "report.pdf": ("report", "monthly", "2026-10"),
        "figures.csv": ("statistics", "--cross", "theme,audience"),
    }
    for name, arguments in made.items():
        run(program, bench, *arguments, "-o", str(bench / name))
        if not (bench / name).is_file() or not (bench / name).stat().st_size:
            fail(f"{name} was not written")
    passed(f"written: {', '.join(made)} and imposed.pdf")


def exchange(program: Path, bench: Path) -> None:
    """The libraries that only an export or import loads are in the bundle."""
    for ending in ("xlsx", "csv", "jsonl", "vcf", "ics"):
        file = bench / f"directory.{ending}"
        run(program, bench, "export", str(file))
        if not file.is_file() or not file.stat().st_size:
            fail(f"nothing was exported as .{ending}")
    said = json.loads(run(program, bench, "import", str(bench / "directory.xlsx"), "--dry-run", "--json"))
    passed(f"exported in five formats; read back: {json.dumps(said.get('counts'))}")


def open_window(program: Path, bench: Path) -> None:
    """The window opens on a new home, stays, and goes when asked to."""
    home = bench / "window"
    window = subprocess.Popen(
        [program, "gui"],
        env=environment(bench, home),
        cwd=bench,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    started = time.monotonic()
    opened = None
    while window.poll() is None and time.monotonic() - started < PATIENCE_S:
        if opened is None and has_database(home):
            opened = time.monotonic()
        if opened is not None and time.monotonic() - opened > 5:
            break
        time.sleep(0.1)
    died = window.poll()
    window.send_signal(signal.SIGTERM)
    try:
        said = window.communicate(timeout=PATIENCE_S)[0]
    except subprocess.TimeoutExpired:
        window.kill()
        fail("the window does not go when asked to")
    if died is not None or opened is None or "Traceback" in said:
        fail(f"the window did not open and stay (exit {died}):\n{said}")
    if window.returncode not in {0, -signal.SIGTERM}:
        fail(f"the window ended with {window.returncode}:\n{said}")
    passed(f"the window opens, its data was there after {opened - started:.1f} s, and goes when asked")


def ask_for_a_window_without_a_screen(program: Path, bench: Path) -> None:
    """No screen, or one that does not answer: a sentence and exit code 1, not Qt's abort."""
    for screen in ({}, {"DISPLAY": ":77"}):
        there = environment(bench, bench / "screenless") | screen
        del there["QT_QPA_PLATFORM"]
        done = subprocess.run(
            [program, "gui"], env=there, cwd=bench, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        if done.returncode != 1 or done.stderr.count("\n") != 1:
            fail(f"a window without a screen ({screen}) ended with {done.returncode}:\n{done.stderr}")
    passed("without a screen a sentence says so")


def has_database(home: Path) -> bool:
    for file in home.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                if stream.read(len(SQLITE_HEADER)) == SQLITE_HEADER:
                    return True
    return False


def miss_a_resource(program: Path, bench: Path) -> None:
    """A file of the program that got lost is named by `check`."""
    lost = program.parent / "_internal" / "pointinfo" / "resources" / "thesaurus" / "fr.json"
    aside = lost.with_suffix(".aside")
    lost.rename(aside)
    try:
        done = subprocess.run(
            [program, "check"],
            env=environment(bench, bench / "home"),
            cwd=bench,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    finally:
        aside.rename(lost)
    if done.returncode == 0 or "thesaurus/fr.json" not in done.stdout + done.stderr:
        fail(f"a lost resource is not named by check: {done.stdout}{done.stderr}")
    passed("check names a resource that got lost")


def compare_resources(program: Path) -> None:
    """What the program finds in a checkout it finds in the bundle too; skipped where there is no checkout."""
    source = Path(__file__).resolve().parent.parent / "resources"
    bundled = program.parent / "_internal" / "pointinfo" / "resources"
    if not source.is_dir():
        return
    names = sorted(file.relative_to(source) for file in source.rglob("*") if file.is_file())
    missing = [str(name) for name in names if not (bundled / name).is_file()]
    if missing:
        fail(f"resources missing in {bundled}: {', '.join(missing)}")
    passed(f"all {len(names)} resource files are there")


def run(program: Path, bench: Path, *arguments: str) -> str:
    """What the program prints; a failure of it is ours."""
    done = subprocess.run(
        [program, *arguments],
        env=environment(bench, bench / "home"),
        cwd=bench,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode != 0 or "Traceback" in done.stderr:
        fail(f"pointinfo {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def environment(bench: Path, home: Path) -> dict[str, str]:
    """Nothing of the checkout's environment: a bundle that needs it would fail at the counter."""
    return {
        "PATH": os.defpath,
        "HOME": str(bench),
        "LANG": "C.UTF-8",
        "POINTINFO_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }


def passed(sentence: str) -> None:
    print(f"ok  {sentence}", flush=True)


def fail(sentence: str) -> NoReturn:
    sys.exit(f"not ok  {sentence}")


if __name__ == "__main__":
    main()
