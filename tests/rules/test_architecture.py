"""How the code hangs together: rules that read as sentences and fail as tests."""

import ast
import contextlib
import io
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent.parent
CORE = ROOT / "pointinfo"
WINDOW = ROOT / "ui" / "pointinfo_ui"
MODULES = sorted([*CORE.rglob("*.py"), *WINDOW.rglob("*.py")])


def test_imports_keep_to_the_contracts() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not broken, said.getvalue()


def test_the_packaging_folder_does_not_shadow_the_packaging_library() -> None:
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_a_module_is_named_after_what_it_is_for() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
    assert not [str(path) for path in MODULES if vague & {path.stem, path.parent.name}]


def test_the_window_stays_under_300_lines() -> None:
    assert len((WINDOW / "window.py").read_text(encoding="utf-8").splitlines()) < 300


def test_the_window_never_stops_for_a_modal_dialog() -> None:
    """Only the application itself runs an event loop; a dialog opens and answers by signal."""
    modal = [
        f"{module.name}: {call}"
        for module in WINDOW.rglob("*.py")
        for call in calls(module)
        if is_modal(call) and call not in {"app.exec", "application.exec"}
    ]
    assert not modal


def test_the_wheel_holds_every_module_and_every_resource_of_the_checkout(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path)))
    with zipfile.ZipFile(wheel) as archive:
        shipped = set(archive.namelist())
    resources = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    expected = {f"pointinfo/{path.relative_to(ROOT).as_posix()}" for path in resources}
    expected |= {path.relative_to(ROOT).as_posix().removeprefix("ui/") for path in MODULES}
    assert expected <= shipped


def calls(module: Path) -> list[str]:
    """What a module calls, as it is written there: `dialog.exec`, `QMessageBox.question`."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [ast.unparse(function) for function in functions if isinstance(function, ast.Attribute)]


def is_modal(call: str) -> bool:
    owner, _, method = call.rpartition(".")
    if method in {"exec", "exec_"}:
        return True
    asks = method.startswith("get") or method in {"question", "information", "warning", "critical", "about"}
    return asks and owner.endswith(("QMessageBox", "QInputDialog", "QFileDialog"))
