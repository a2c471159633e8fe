"""How much of what a counter needs to know an entry says: a score with its reasons, and the whole directory's.

After the idea of data·inclusion's score of quality: criteria that each hold wholly, half or not at all, and that count
only where they apply. One SQL expression a criterion judges one entry as it judges a hundred thousand.
"""

from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.directory import freshness
from pointinfo.directory.freshness import INTERVALS
from pointinfo.i18n import Words

_PLACES: Final = {
    "audience": 0, "topic": 1, "fee": 2, "language": 3, "eligibility": 4, "area": 5,
    "neighbourhood": 6, "sector": 6, "commune": 6,
}  # fmt: skip
"""Which byte of an entry's mask counts its terms of a list: one number an entry is summed faster than seven."""


class Criterion(NamedTuple):
    """What an entry should say: what it weighs, SQL for 2 (holds), 1 (half) or 0, and for whether it applies."""

    code: str
    weight: int
    holds: str
    applies: str = "1"


def _has(vocabulary: str) -> str:
    """SQL: whether the entry has a term of this list."""
    return f"coalesce(m.mask, 0) >> {8 * _PLACES[vocabulary]} & 255 > 0"


def _said(part: str) -> str:
    """SQL: whether some language has this text. The texts are stored without blanks between key and value."""
    return f'instr(e.wordings, \'"{part}":"\') > 0'


_IN_FRENCH: Final = "length(coalesce(json_extract(e.wordings, '$.fr.summary'), '')) >= 40"
_PHONE_OR_WEB: Final = """instr(e.contacts, '"kind":"phone"') + instr(e.contacts, '"kind":"web"') > 0"""
_LOCATED: Final = "e.street <> ''"
_HELP: Final = "e.kind IN ('service', 'activity')"

CRITERIA: Final = (
    Criterion("name", 5, "2 * (length(e.name) >= 3)"),
    Criterion("summary", 15, f"CASE WHEN {_IN_FRENCH} THEN 2 ELSE {_said('summary')} END"),
    Criterion("contact", 15, f"CASE WHEN {_PHONE_OR_WEB} THEN 2 ELSE e.contacts <> '[]' END"),
    Criterion("hours", 15, "2 * (e.hours <> '' OR e.schedules <> '[]')"),
    Criterion("where", 10, f"2 * (e.street <> '' OR {_has('area')})"),
    Criterion("audience", 5, f"2 * ({_has('audience')})"),
    Criterion("topic", 5, f"2 * ({_has('topic')})"),
    Criterion(
        "for_whom",
        10,
        f"2 * ({_has('eligibility')} OR {_said('eligibility')} OR e.age_from IS NOT NULL OR e.age_to IS NOT NULL)",
        _HELP,
    ),
    Criterion("fee", 10, f"2 * ({_has('fee')} OR {_said('fee')})", _HELP),
    Criterion("language", 5, f"2 * ({_has('language')})", "e.kind IN ('service', 'association')"),
    Criterion("verified", 20, "CASE WHEN {fresh} THEN 1 + (e.verified_on IS NOT NULL) ELSE 0 END"),
    Criterion("source", 5, "2 * (e.source <> '')"),
    Criterion("coordinates", 5, "2 * (e.longitude IS NOT NULL AND e.latitude IS NOT NULL)", _LOCATED),
    Criterion("quartier", 5, f"2 * ({_has('sector')})", _LOCATED),
)
"""A fact read aloud at every visit weighs most; what only helps to find or to draw a map, least."""

BANDS: Final = (80, 60, 40, 0)
"""From how many points on a score is good, fair, thin, poor."""


class Missing(NamedTuple):
    """What would better an entry, and by how many points."""

    code: str
    words: str
    points: int


class Score(NamedTuple):
    """0 to 100; `missing` what is worth most first."""

    points: int
    missing: tuple[Missing, ...]


class KindScore(NamedTuple):
    """The entries of one kind: how many, their mean score, how many in each of `BANDS`."""

    kind: str
    entries: int
    mean: float
    bands: tuple[int, ...]


class Lack(NamedTuple):
    """How many entries don't say something they should."""

    code: str
    words: str
    entries: int


class Summary(NamedTuple):
    """The whole directory, closed entries apart. `ages` counts entries by the codes of `age_words`."""

    entries: int
    mean: float
    kinds: tuple[KindScore, ...]
    lacks: tuple[Lack, ...]
    ages: tuple[tuple[str, int], ...]


class Named(NamedTuple):
    """An entry behind a figure, with its score."""

    uid: str
    kind: str
    name: str
    points: int


def missing_words(code: str, words: Words) -> str:
    """What an entry lacks, as one would say it to whoever mends it."""
    _ = words.gettext
    return {
        "name": _("un nom"),
        "summary": _("un résumé d’une ou deux phrases"),
        "contact": _("un téléphone ou un site internet"),
        "hours": _("un horaire"),
        "where": _("une adresse ou un territoire"),
        "audience": _("les publics"),
        "topic": _("les sujets"),
        "for_whom": _("les conditions : pour qui, dès quel âge"),
        "fee": _("le prix, ou «gratuit»"),
        "language": _("les langues parlées"),
        "verified": _("une vérification récente"),
        "source": _("la source"),
        "coordinates": _("les coordonnées sur la carte"),
        "quartier": _("le quartier"),
    }[code]


def age_words(code: str, words: Words) -> str:
    """What a class of ages is called."""
    _ = words.gettext
    return {
        "fresh": _("dans les délais"),
        "late": _("à revérifier depuis moins de 3 mois"),
        "later": _("depuis 3 à 12 mois"),
        "old": _("depuis plus d’un an"),
        "never": _("sans date, jamais vérifiées"),
    }[code]


class Quality:
    """The judge of one counter's directory."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words

    def score(self, uid: str) -> Score | None:
        """What an entry is worth and what it lacks; None for one that is closed or unknown."""
        one = "e.uid = :uid AND e.status <> 'closed'"
        with self._database.read() as session:
            statement = f"{_judged(one, entries='SELECT id FROM entry WHERE uid = :uid')} SELECT * FROM judged"
            row = session.connection().exec_driver_sql(statement, {**self._parameters(), "uid": uid}).first()
        if row is None:
            return None
        shares = {criterion.code: row[3 + place] for place, criterion in enumerate(CRITERIA)}
        whole = sum(criterion.weight for criterion in CRITERIA if shares[criterion.code] is not None)
        missing = [
            Missing(
                criterion.code,
                missing_words(criterion.code, self._words),
                round(100 * criterion.weight * (2 - shares[criterion.code]) / 2 / whole),
            )
            for criterion in CRITERIA
            if shares[criterion.code] in (0, 1)
        ]
        return Score(row[-1], tuple(sorted(missing, key=lambda each: -each.points)))

    def summary(self) -> Summary:
        """The whole directory at once; under a second for 100,000 entries."""
        lacks = ", ".join(f"sum(s_{criterion.code} < 2)" for criterion in CRITERIA)
        bands = ", ".join(
            f"sum(points >= {least} AND points < {most})" for least, most in zip(BANDS, (101, *BANDS), strict=False)
        )
        statement = f"{_judged()} SELECT kind, count(*), avg(points), {bands}, {lacks} FROM judged GROUP BY kind"
        with self._database.read() as session:
            rows = session.connection().exec_driver_sql(statement, self._parameters()).all()
            ages = self._ages(session.connection())
        kinds = tuple(KindScore(row[0], row[1], row[2], tuple(row[3 : 3 + len(BANDS)])) for row in rows)
        entries = sum(kind.entries for kind in kinds)
        lacking = [sum(row[3 + len(BANDS) + place] or 0 for row in rows) for place in range(len(CRITERIA))]
        listed = [
            Lack(criterion.code, missing_words(criterion.code, self._words), count)
            for criterion, count in zip(CRITERIA, lacking, strict=True)
            if count
        ]
        mean = sum(kind.mean * kind.entries for kind in kinds) / entries if entries else 0.0
        order = list(INTERVALS)
        return Summary(
            entries,
            mean,
            tuple(sorted(kinds, key=lambda kind: order.index(kind.kind))),
            tuple(sorted(listed, key=lambda lack: -lack.entries)),
            ages,
        )

    def lacking(self, code: str, limit: int = 500) -> list[Named]:
        """The entries that don't say something they should, the poorest first."""
        return self._named(f"s_{code} < 2", limit)

    def of_kind(self, kind: str, limit: int = 500) -> list[Named]:
        """The entries of a kind, the poorest first."""
        return self._named("kind = :kind", limit, kind=kind)

    def of_age(self, code: str, limit: int = 500) -> list[Named]:
        """The entries of a class of ages, the poorest first."""
        first, last = self._spans()[code]
        due = "e.next_check BETWEEN :first AND :last AND e.status <> 'closed'"
        return self._named("1", limit, due, first=str(first), last=str(last))

    def _named(self, condition: str, limit: int, among: str = "e.status <> 'closed'", **more: object) -> list[Named]:
        statement = f"""{_judged(among)}
            SELECT uid, kind, name, points FROM judged WHERE {condition} ORDER BY points LIMIT :limit"""
        with self._database.read() as session:
            found = session.connection().exec_driver_sql(statement, {**self._parameters(), "limit": limit, **more})
            return [Named(*row) for row in found]

    def _ages(self, connection: Any) -> tuple[tuple[str, int], ...]:
        counted = "SELECT count(*) FROM entry WHERE next_check BETWEEN ? AND ? AND status <> 'closed'"
        return tuple(
            (code, int(connection.exec_driver_sql(counted, (str(first), str(last))).scalar_one()))
            for code, (first, last) in self._spans().items()
        )

    def _spans(self) -> dict[str, tuple[date, date]]:
        """When what is of an age was to be checked, first and last day."""
        today = local_day(self._clock())
        quarter, year = today - timedelta(days=91), today - timedelta(days=365)
        day = timedelta(days=1)
        return {
            "fresh": (today + day, date.max),
            "late": (quarter, today),
            "later": (year, quarter - day),
            "old": (freshness.AT_ONCE + day, year - day),
            "never": (date.min, freshness.AT_ONCE),
        }

    def _parameters(self) -> dict[str, object]:
        today = local_day(self._clock())
        found: dict[str, object] = {"today": str(today)}
        for kind in INTERVALS:
            for important in (False, True):
                day = today - freshness.interval(kind, important=important)
                found[f"{kind}_{int(important)}"] = str(day)
        return found


def _judged(condition: str = "e.status <> 'closed'", entries: str = "") -> str:
    """SQL that begins with a table `judged`: uid, kind, name, a share `s_…` for each criterion, the points.

    A share is NULL where its criterion doesn't apply.
    """
    last_days = " ".join(
        f"WHEN e.kind = '{kind}' AND e.important = {important} THEN :{kind}_{important}"
        for kind in INTERVALS
        for important in (0, 1)
    )
    fresh = f"(e.next_check >= :today AND (e.verified_on IS NULL OR e.verified_on >= CASE {last_days} END))"
    shares = ", ".join(
        f"CASE WHEN {each.applies} THEN {each.holds.replace('{fresh}', fresh)} END AS s_{each.code}"
        for each in CRITERIA
    )
    reached = " + ".join(f"{each.weight} * coalesce(s_{each.code}, 0)" for each in CRITERIA)
    whole = " + ".join(f"{each.weight} * (s_{each.code} IS NOT NULL)" for each in CRITERIA)
    bits = " ".join(f"WHEN '{name}' THEN {1 << 8 * place}" for name, place in _PLACES.items())
    only = f"WHERE entry_id IN ({entries})" if entries else ""
    return f"""
        WITH bits AS MATERIALIZED (SELECT id AS term_id, CASE list {bits} ELSE 0 END AS bit FROM term),
        masks AS MATERIALIZED (
            SELECT entry_id, sum(bit) AS mask FROM entry_term JOIN bits USING (term_id) {only} GROUP BY entry_id),
        shares AS MATERIALIZED (
            SELECT e.uid, e.kind, e.name, {shares} FROM entry AS e LEFT JOIN masks AS m ON m.entry_id = e.id
            WHERE {condition}),
        judged AS MATERIALIZED (SELECT *, CAST(round(50.0 * ({reached}) / ({whole})) AS INTEGER) AS points FROM shares)
        """
