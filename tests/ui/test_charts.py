"""Charts tell their figures to the eye, to the keyboard and to a screen reader, and never a hidden one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pointinfo import i18n
from pointinfo.inquiries.statistics import Breakdown, Cell
from pointinfo_ui import theme as look
from pointinfo_ui.inquiries.bars import Bars
from pointinfo_ui.inquiries.chart import Chart, told
from pointinfo_ui.inquiries.columns import Columns
from pointinfo_ui.theme import Theme

WORDS = i18n.words("fr")
CELLS = (
    Cell("counter", "Au guichet", 1284, 1702),
    Cell("phone", "Par téléphone", 642, 642),
    Cell("email", "Par courriel", 0, 0),
    Cell("post", "Par courrier", None, None),
    Cell("other", "Autre", None, None),
)
CHANNELS = Breakdown("channel", "Canaux", CELLS, False, "")


@pytest.fixture(scope="module")
def light(qapp: QApplication) -> Theme:
    made = look.make("light", 100)
    look.dress(qapp, made)
    return made


@pytest.fixture(params=[Bars, Columns])
def chart(request: pytest.FixtureRequest, qtbot: QtBot, light: Theme) -> Chart:
    made = Chart(request.param(light, WORDS), light, WORDS)
    qtbot.addWidget(made)
    made.show_breakdown(CHANNELS)
    made.resize(640, made.heightForWidth(640))
    made.show()
    return made


def picture_of(chart: Chart) -> QImage:
    """The chart without the ring that the focus draws."""
    chart.clearFocus()
    return chart.grab().toImage()


def painted(picture: QImage, mark: int, chart: Chart, colour: QColor) -> int:
    """How many points of one mark's slot have a colour."""
    slot = chart.marks()[mark].slot.toRect()
    return sum(
        picture.pixelColor(x, y) == colour
        for x in range(slot.left(), min(slot.right(), picture.width()))
        for y in range(slot.top(), min(slot.bottom(), picture.height()))
    )


def test_its_description_tells_every_figure(chart: Chart) -> None:
    assert chart.accessibleName() == "Canaux"
    description = chart.accessibleDescription()
    assert "Au guichet : 1\u202f284 demandes, 1\u202f702 personnes" in description
    assert "Par courriel : 0 demande, 0 personne" in description
    assert "Par courrier : masqué" in description


def test_one_inquiry_is_told_in_the_singular() -> None:
    assert told(Cell("x", "Lundi", 1, 2), WORDS) == "Lundi : 1 demande, 2 personnes"


def test_a_mark_is_as_large_as_its_figure(chart: Chart, light: Theme) -> None:
    picture = picture_of(chart)
    full, half = (painted(picture, mark, chart, light.accent) for mark in (0, 1))
    assert half == pytest.approx(full / 2, rel=0.02)


def test_a_hidden_figure_has_no_size_and_no_full_colour(chart: Chart, light: Theme) -> None:
    picture = picture_of(chart)
    assert painted(picture, 3, chart, light.accent) == 0
    assert painted(picture, 3, chart, light.accent_pale) == painted(picture, 4, chart, light.accent_pale) > 20


def test_a_zero_is_a_thin_line(chart: Chart, light: Theme) -> None:
    picture = picture_of(chart)
    assert painted(picture, 2, chart, light.accent) == 0
    assert painted(picture, 2, chart, light.line) > 10


def test_arrow_keys_go_from_mark_to_mark_and_tell_it(chart: Chart) -> None:
    heard: list[str] = []
    chart.pointed.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(chart, key)
    assert [text.split(" :")[0] for text in heard] == [
        "Au guichet",
        "Par téléphone",
        "Autre",
        "Par courrier",
        "Au guichet",
    ]
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert heard[-1] == ""
    assert chart.current() is None


def test_the_arrows_stop_at_the_ends(chart: Chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    current = chart.current()
    assert current is not None
    assert current.code == "other"


def test_the_pointer_finds_the_mark_under_it(chart: Chart, qtbot: QtBot) -> None:
    slot = chart.marks()[1].slot.center().toPoint()
    with qtbot.waitSignal(chart.pointed) as pointed:
        QTest.mouseMove(chart, slot)
    assert pointed.args == ["Par téléphone : 642 demandes, 642 personnes"]


def test_a_tooltip_tells_the_mark(chart: Chart, qapp: QApplication) -> None:
    slot = chart.marks()[3].slot.center().toPoint()
    qapp.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, slot, chart.mapToGlobal(slot)))
    assert QToolTip.text() == "Par courrier : masqué"
    QToolTip.hideText()


def test_bars_grow_in_height_where_names_wrap(qtbot: QtBot, light: Theme) -> None:
    bars = Chart(Bars(light, WORDS), light, WORDS)
    qtbot.addWidget(bars)
    long = Cell("demarches", "Démarches administratives et vie pratique", 12, 12)
    bars.show_breakdown(Breakdown("theme", "Thèmes", (long,), False, ""))
    assert bars.heightForWidth(260) > bars.heightForWidth(900)


@pytest.mark.parametrize("width", [40, 200, 400, 1600])
def test_a_month_is_drawn_at_any_width(qtbot: QtBot, light: Theme, width: int) -> None:
    columns = Chart(Columns(light, WORDS), light, WORDS)
    qtbot.addWidget(columns)
    days = tuple(
        Cell(f"2026-10-{day:02}", f"jeu. {day} oct.", None if day % 9 == 0 else day * 40, 1) for day in range(1, 32)
    )
    columns.show_breakdown(Breakdown("day", "Demandes par jour", days, False, ""))
    columns.resize(width, 216)
    assert not columns.grab().isNull()


def test_a_chart_without_figures_draws_nothing_and_has_no_mark(chart: Chart) -> None:
    chart.show_breakdown(Breakdown("channel", "Canaux", (), True, "Trop peu."))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.marks() == []
    assert chart.current() is None
    assert not chart.grab().isNull()
