"""Charts tell their figures to the eye, to the keyboard and to a screen reader, and never a hidden one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pointinfo import i18n
from pointinfo.inquiries.overview import DEMAND
from pointinfo.inquiries.report_tables import Column, Line, Table
from pointinfo_ui import theme as look
from pointinfo_ui.inquiries.bars import Bars
from pointinfo_ui.inquiries.chart import Chart, told
from pointinfo_ui.inquiries.drawing import Drawing
from pointinfo_ui.inquiries.heat_map import HeatMap
from pointinfo_ui.inquiries.month_line import MonthLine
from pointinfo_ui.inquiries.quadrant import Quadrant, points
from pointinfo_ui.theme import Theme

WORDS = i18n.words("fr")
ONE = (Column("", "Demandes"),)
CHANNELS = Table(
    ("channel",), "Canal", "Canal", ONE,
    (
        Line("counter", "Au guichet", (1284,)),
        Line("phone", "Par téléphone", (642,)),
        Line("email", "Par courriel", (0,)),
        Line("post", "Par courrier", (None,)),
        Line("other", "Autre", (None,)),
    ),
    1926, False, "",
)  # fmt: skip
MONTHS = Table(
    ("month",), "Demandes par mois", "Mois", ONE,
    tuple(Line(f"2026-{n:02}", f"Mois {n}", (None if n % 5 == 0 else n * 40,)) for n in range(1, 13)),
    2000, False, "",
)  # fmt: skip
WEEK = Table(
    ("weekday", "hour"), "Quand vient-on ?", "Jour", (Column("9", "9 h"), Column("10", "10 h"), Column("11", "11 h")),
    (Line("1", "Lundi", (40, 20, 0)), Line("2", "Mardi", (None, 10, None)), Line("3", "Mercredi", (5, 6, 7))),
    95, False, "",
)  # fmt: skip
THEMES = Table(
    ("theme", "outcome"), "Demande et réponse", "Thème",
    (Column(DEMAND, "Demandes"), Column("answered", "Répondu"), Column("partly", "En partie"),
     Column("not-met", "Sans réponse")),
    (
        Line("logement", "Logement", (100, 60, 10, 30)),
        Line("sante", "Santé", (60, 60, 0, 0)),
        Line("loisirs", "Loisirs", (40, 20, 10, 10)),
        Line("dettes", "Dettes", (50, 40, None, 8)),
        Line("ecole", "École", (29, 29, 0, 0)),
    ),
    279, False, "",
)  # fmt: skip


@pytest.fixture(scope="module")
def light(qapp: QApplication) -> Theme:
    made = look.make("light", 100)
    look.dress(qapp, made)
    return made


def shown(drawing: Drawing, table: Table, theme: Theme, qtbot: QtBot) -> Chart:
    made = Chart(drawing, theme, WORDS)
    qtbot.addWidget(made)
    made.show_table(table)
    made.resize(640, made.heightForWidth(640))
    made.show()
    return made


@pytest.fixture
def chart(qtbot: QtBot, light: Theme) -> Chart:
    return shown(Bars(light, WORDS), CHANNELS, light, qtbot)


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
    assert chart.accessibleName() == "Canal"
    description = chart.accessibleDescription()
    assert "Au guichet : 1\u202f284 demandes" in description
    assert "Par courriel : 0 demande" in description
    assert "Par courrier : masqué" in description


def test_one_inquiry_is_told_in_the_singular() -> None:
    assert told(CHANNELS._replace(lines=(Line("x", "Lundi", (1,)),)), 0, 0, WORDS) == "Lundi : 1 demande"


def test_a_mark_is_as_large_as_its_figure(chart: Chart, light: Theme) -> None:
    picture = picture_of(chart)
    full, half = (painted(picture, mark, chart, light.accent) for mark in (0, 1))
    assert half == pytest.approx(full / 2, rel=0.02)


def test_a_hidden_figure_has_no_size_and_no_full_colour(chart: Chart, light: Theme) -> None:
    picture = picture_of(chart)
    assert painted(picture, 3, chart, light.accent) == 0
    one, other = (painted(picture, mark, chart, light.accent_pale) for mark in (3, 4))
    assert one == pytest.approx(other, rel=0.1)
    assert one > 20


def test_what_was_not_said_has_a_figure_and_no_bar(qtbot: QtBot, light: Theme) -> None:
    lines = (Line("full", "Complet", (10,)), Line("", "Non précisé", (990,)))
    bars = shown(Bars(light, WORDS), CHANNELS._replace(lines=lines), light, qtbot)
    picture = picture_of(bars)
    assert painted(picture, 1, bars, light.accent) == 0
    assert painted(picture, 0, bars, light.accent) > 1000


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


def test_the_arrows_stop_at_the_ends(chart: Chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.sentence() == "Autre : masqué"


def test_the_pointer_finds_the_mark_under_it(chart: Chart, qtbot: QtBot) -> None:
    slot = chart.marks()[1].slot.center().toPoint()
    with qtbot.waitSignal(chart.pointed) as pointed:
        QTest.mouseMove(chart, slot)
    assert pointed.args == ["Par téléphone : 642 demandes"]


def test_a_tooltip_tells_the_mark(chart: Chart, qapp: QApplication) -> None:
    slot = chart.marks()[3].slot.center().toPoint()
    qapp.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, slot, chart.mapToGlobal(slot)))
    assert QToolTip.text() == "Par courrier : masqué"
    QToolTip.hideText()


def test_enter_and_a_click_take_a_mark(chart: Chart) -> None:
    taken: list[str] = []
    chart.chosen.connect(taken.append)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert taken == []  # nothing is pointed at yet
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.marks()[3].slot.center().toPoint())
    assert taken == ["counter", "post"]


def test_bars_grow_in_height_where_names_wrap(qtbot: QtBot, light: Theme) -> None:
    long = CHANNELS._replace(lines=(Line("demarches", "Démarches administratives et vie pratique", (12,)),))
    bars = shown(Bars(light, WORDS), long, light, qtbot)
    assert bars.heightForWidth(260) > bars.heightForWidth(900)


@pytest.mark.parametrize("width", [40, 200, 400, 1600])
@pytest.mark.parametrize(
    ("kind", "table"), [(MonthLine, MONTHS), (HeatMap, WEEK), (Quadrant, THEMES), (Bars, CHANNELS)]
)
def test_every_kind_is_drawn_at_any_width(
    qtbot: QtBot, light: Theme, width: int, kind: type[Bars], table: Table
) -> None:
    made = shown(kind(light, WORDS), table, light, qtbot)
    made.resize(width, made.heightForWidth(width))
    assert not made.grab().isNull()
    assert all(0 <= mark.line < len(table.lines) for mark in made.marks())


def test_a_hidden_month_is_hatched_and_breaks_the_line(qtbot: QtBot, light: Theme) -> None:
    line = shown(MonthLine(light, WORDS), MONTHS, light, qtbot)
    picture = picture_of(line)
    assert painted(picture, 4, line, light.accent) == 0
    assert painted(picture, 4, line, light.accent_pale) > 20
    assert painted(picture, 5, line, light.accent) > 20


def test_arrows_go_up_and_down_the_heat_map_as_they_go_across(qtbot: QtBot, light: Theme) -> None:
    week = shown(HeatMap(light, WORDS), WEEK, light, qtbot)
    told_by = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(week, key)
        told_by.append(week.sentence())
    assert told_by == [
        "Lundi, 9 h : 40 demandes",
        "Lundi, 10 h : 20 demandes",
        "Mardi, 10 h : 10 demandes",
        "Mercredi, 10 h : 6 demandes",
        "Mercredi, 10 h : 6 demandes",
        "Mardi, 10 h : 10 demandes",
    ]


def test_the_quadrant_places_what_is_known_and_enough(qtbot: QtBot, light: Theme) -> None:
    assert [(THEMES.lines[each.line].code, each.unmet) for each in points(THEMES)] == [
        ("logement", 0.4),
        ("sante", 0.0),
        ("loisirs", 0.5),
    ]
    quadrant = shown(Quadrant(light, WORDS), THEMES, light, qtbot)
    housing, health, leisure = (mark.slot.center() for mark in quadrant.marks())  # most asked first
    assert housing.x() > health.x() > leisure.x()
    assert leisure.y() < housing.y() < health.y()
    QTest.keyClick(quadrant, Qt.Key.Key_Right)
    assert quadrant.sentence() == "Logement : Demandes 100, En partie 10, Sans réponse 30"


def test_a_chart_without_figures_draws_nothing_and_has_no_mark(chart: Chart) -> None:
    chart.show_table(CHANNELS._replace(lines=(), withheld=True))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.marks() == []
    assert chart.sentence() == ""
    assert not chart.grab().isNull()
