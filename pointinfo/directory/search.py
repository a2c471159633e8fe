"""Finding: bounded candidates from three tiers of the index and from the thesaurus, ranked by `ranking`; names first.

Never `ORDER BY rank` over all hits: at 100,000 entries that costs 85 ms where this costs 2.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from sqlalchemy import Connection

from pointinfo.directory import hours, nearness
from pointinfo.directory.at_hand import AtHand, Face, Hit
from pointinfo.directory.query import CANDIDATES, NAMES, TIERS, Query, Restriction
from pointinfo.directory.question import LIGHT, Question, understand
from pointinfo.directory.ranking import GUESS, RARE, SPECIFIC, SPREAD, TOPIC, Evidence, Ranked, kept, ranked
from pointinfo.directory.services import called
from pointinfo.directory.speech import manner
from pointinfo.directory.spelling import Spelling
from pointinfo.directory.text import query_words, stems
from pointinfo.directory.thesaurus import Meaning, Thesaurus, shipped

TOPICS: Final = 6
"""How many topics of the thesaurus a query may speak of at once."""
FEW: Final = 3
"""Fewer hits than this, and a word that nothing has is taken for mistyped."""
WRITTEN: Final = (1.0, 0.95, 0.9)
"""What counts of a phrase for words that entries have where an entry has them: in its name, keywords, text."""
ENOUGH: Final = 10
"""Entries whose names or keywords have every word: with so many, no other way to them is looked for."""


class Results(NamedTuple):
    """Results in order, guesses last. `more`: the words fit more entries than were looked at; others find the rest.

    `left_out`: words that count and that the first answer does not have. `corrected`: words as typed and as taken.
    `language`: what the query is written in where that is not French, else "". `unplaced`: so many of the answers, the
    last, have no known distance from where nearness was asked for.
    """

    hits: tuple[Hit, ...]
    left_out: tuple[str, ...] = ()
    more: bool = False
    corrected: tuple[tuple[str, str], ...] = ()
    language: str = ""
    unplaced: int = 0

    @property
    def sure(self) -> int:
        """How many of the hits are answers."""
        return sum(not hit.weak for hit in self.hits)

    @property
    def partly(self) -> bool:
        """Whether there are only guesses."""
        return bool(self.hits) and self.hits[0].weak

    @property
    def whole(self) -> bool:
        """Whether the first hit answers all that was asked."""
        return not self.left_out and not self.partly


class Hint(NamedTuple):
    """A way out of an empty result: another query and how many entries it finds."""

    query: Query
    found: int


class _Ways(NamedTuple):
    """How far to look beyond the entries with every word."""

    topics: bool
    single_words: bool


class _Ground(NamedTuple):
    """What a look for words goes by."""

    connection: Connection
    restriction: Restriction
    asked: Question
    known: "Words"

    def candidates(self, expression: str, *, named: bool = False) -> list[int]:
        """What the index brings; what it brought from the whole directory is at hand."""
        restriction, at_hand = self.restriction, self.known.at_hand
        if not restriction.is_whole:
            return restriction.candidates(expression, named=named)
        found = at_hand.looks.get(expression)
        if found is None:
            found = restriction.candidates(expression, named=named)
            at_hand.keep_look(expression, found)
        restriction.cut = restriction.cut or len(found) >= CANDIDATES
        return found

    def with_topic(self, topic: str) -> list[tuple[int, int]]:
        """The entries of a topic, each with how many others it has."""
        if not self.restriction.is_whole:
            return self.restriction.with_topic(topic)
        topics = self.known.at_hand.topics
        if topic not in topics:
            topics[topic] = self.restriction.with_topic(topic)
        return topics[topic]

    def faces(self, ids: list[int]) -> list[Face]:
        known = self.known.at_hand.faces(self.connection, ids)
        return [known[entry_id] for entry_id in ids if entry_id in known]

    def all_words(self, wanted: list[str], *, unfinished: bool = True) -> dict[int, int]:
        return _all_words(wanted, self, unfinished=unfinished)


class Words(NamedTuple):
    """What this counter's directory says beside the shipped thesaurus: its own topic words, its known spellings.

    `at_hand`: what was read of the index since it was last written.
    """

    own: Thesaurus
    spelling: Spelling
    at_hand: AtHand


def search(
    connection: Connection,
    query: Query,
    calendar: hours.Calendar,
    known: Words,
    distances: nearness.Distances | None = None,
) -> Results:
    """The entries that answer `query`, best first, guesses last; every entry by name when no word is typed.

    What the words mean, how they are spelled and how far to look is decided by the whole directory, so that a filter
    only ever takes answers away. `distances` from where the query wants its answers near: they come nearest first.
    """
    asked = understand(query.text)
    restriction = Restriction(connection, query, calendar, distances)
    wanted = [*asked.words, *(word for part in asked.quoted for word in part)]
    if not wanted:
        return _nearest_first(Results(_everything(restriction, known.at_hand)), distances)
    weights = [*asked.weights, *[1.0] * (len(wanted) - len(asked.words))]
    filtered = _Ground(connection, restriction, asked, known)
    ground = filtered
    if query.is_filtered:
        ground = filtered._replace(restriction=Restriction(connection, Query(status=query.status), calendar, distances))
    looked, ways = _looked_up(ground, wanted, weights)
    corrected: tuple[tuple[str, str], ...] = ()
    if looked.sure < FEW and not query.as_typed:
        mended = _mended(ground, wanted)
        if mended != wanted:
            again, again_ways = _looked_up(ground, mended, weights)
            if again.best > looked.best:
                corrected = tuple(pair for pair in zip(wanted, mended, strict=True) if pair[0] != pair[1])
                wanted, looked, ways = mended, again, again_ways
    if query.is_filtered:
        looked, _same = _looked_up(filtered, wanted, weights, ways)
    hits = looked.hits
    if asked.quoted or asked.unwanted:
        hits = kept(connection, hits, asked)
    left_out = tuple(
        word for word, weight, found in zip(wanted, weights, looked.first, strict=True) if weight > LIGHT and not found
    )
    results = Results(hits, left_out if hits else (), restriction.cut, corrected, asked.language)
    return _nearest_first(results, distances)


def _nearest_first(results: Results, distances: nearness.Distances | None) -> Results:
    """The answers by how near they are, those whose place isn't known after them; guesses as they were."""
    if distances is None:
        return results
    rank = nearness.nearness(distances)
    answers = sorted((hit for hit in results.hits if not hit.weak), key=lambda hit: rank(hit.id))
    guesses = (hit for hit in results.hits if hit.weak)
    unplaced = sum(hit.id not in distances for hit in answers)
    return results._replace(hits=(*answers, *guesses), unplaced=unplaced)


def _everything(restriction: Restriction, at_hand: AtHand) -> tuple[Hit, ...]:
    """All entries by name; the whole directory is at hand after the first time."""
    if not restriction.is_whole:
        return tuple(map(Hit, restriction.all_by_name()))
    if at_hand.everything is None:
        at_hand.everything = tuple(map(Hit, restriction.all_by_name()))
    return at_hand.everything


def hints(connection: Connection, query: Query, calendar: hours.Calendar, known: Words) -> tuple[Hint, ...]:
    """Ways to entries that have every word: each filter of `query` dropped in turn, then all of them.

    Where none of them has, the same without the words that nothing has: one slip leaves no dead end.
    """
    known_ways = _ways_out(connection, query, _wider(query), calendar, known)
    if known_ways or not query.is_filtered:
        return known_ways
    lacking = {*search(connection, Query(query.text, status=query.status), calendar, known).left_out}
    kept_words = " ".join(word for word in query.text.split() if lacking.isdisjoint(query_words(word)))
    if not kept_words or kept_words == query.text:
        return ()
    fewer = replace(query, text=kept_words)
    return _ways_out(connection, query, [fewer, *_wider(fewer)], calendar, known)


def _wider(query: Query) -> list[Query]:
    """The query with each of its filters dropped in turn, then with none."""
    ways = (
        replace(query, open_at=None),
        replace(query, age=None),
        replace(query, sector=""),
        replace(query, language=""),
        replace(query, kind=""),
        replace(query, audience=""),
    )
    dropped = [way for way in ways if way != query]
    if len(dropped) > 1:
        dropped.append(Query(query.text, near=query.near))
    return dropped


def _ways_out(
    connection: Connection, query: Query, ways: Iterable[Query], calendar: hours.Calendar, known: Words
) -> tuple[Hint, ...]:
    """Those of the ways that answer all that they ask."""
    answers = ((way, search(connection, way, calendar, known)) for way in ways if way != query)
    return tuple(Hint(way, found.sure) for way, found in answers if found.hits and found.whole)


def _all_words(wanted: list[str], ground: _Ground, *, unfinished: bool) -> dict[int, int]:
    """Row id to tier (0 name, 1 also synonyms and place, 2 everything) of the entries that have every word.

    Each tier holds the ones before it: where one brings all it has, those of the others are among them.
    """
    tiers = ground.restriction.tiers
    brought: list[list[int]] = [[] for _tier in tiers]
    for tier in reversed(range(len(tiers))):
        plain, stemmed = tiers[tier]
        expression = " AND ".join(
            _word_expression(word, plain, stemmed, prefix=unfinished and number == len(wanted) - 1)
            for number, word in enumerate(wanted)
        )
        found = brought[tier] = ground.candidates(expression, named=plain == NAMES)
        if len(found) < CANDIDATES:
            _sort_out(wanted, ground.faces(found) if tier else [], tier, brought, unfinished=unfinished)
            break
    tier_of: dict[int, int] = {}
    for tier, candidates in enumerate(brought):
        for entry_id in candidates:
            tier_of.setdefault(entry_id, tier)
    return tier_of


def _sort_out(
    wanted: list[str], faces: Iterable[Face], tier: int, brought: list[list[int]], *, unfinished: bool
) -> None:
    """Put the entries of a tier that brought all it has into those before it that they are in, too."""
    last = len(wanted) - 1
    asked = [
        (
            f" {word}" if unfinished and number == last else f" {word} ",
            [f" {stem} " for stem in stems(word) if len(stem) > 2] if len(word) > 2 else [],
        )
        for number, word in enumerate(wanted)
    ]
    for face in faces:
        entry_id, name, syn, place, name_stems, syn_stems = face
        named = keyed = True
        for word, roots in asked:
            if word in name or any(root in name or root in name_stems for root in roots):
                continue
            named = False
            if tier == 1 or word in syn or word in place:
                continue
            if not any(root in syn or root in place or root in syn_stems for root in roots):
                keyed = False
                break
        if named:
            brought[0].append(entry_id)
        if keyed and tier == 2:
            brought[1].append(entry_id)


def expression(text: str, *, closed: bool = False) -> str:
    """The FTS5 expression that every entry with all the words of `text` matches, "" for no word at all.

    `closed`: closed entries too.
    """
    wanted = Query(text).words
    plain, stemmed = TIERS[-1]
    plain = f"{plain} gone" if closed else plain
    return " AND ".join(
        _word_expression(word, plain, stemmed, prefix=number == len(wanted) - 1) for number, word in enumerate(wanted)
    )


def _word_expression(word: str, plain: str, stemmed: str, *, prefix: bool) -> str:
    star = "*" if prefix else ""
    long_stems = [stem for stem in stems(word) if len(stem) > 2] if len(word) > 2 else []
    ways = [f'{{{plain}}} : "{word}"{star}']
    # In both: a stem that is a word of the entry is not put twice. Each way less is a list less that FTS5 reads.
    other = [f'"{stem}"' for stem in long_stems if stem != word]
    if other:
        ways.append(f"{{{plain} {stemmed}}} : ({' OR '.join(other)})")
    if word in long_stems:
        if prefix:
            ways.append(f'{{{stemmed}}} : "{word}"')
        else:
            ways[0] = f'{{{plain} {stemmed}}} : "{word}"'
    return f"({' OR '.join(ways)})"


def _looked_up(
    ground: _Ground, wanted: list[str], weights: list[float], ways: _Ways | None = None
) -> tuple[Ranked, _Ways]:
    """Entries with every word, entries of the topics the words speak of; single words where that is not enough.

    `ways`: as far as an earlier look went; without, as far as is needed.
    """
    found = Evidence(wanted, weights)
    for entry_id, tier in ground.all_words(wanted).items():
        found.holds(entry_id, tier)
    _add_called(ground, wanted, found)
    topics = ways.topics if ways else sum(tier < 2 for tier in found.tiers.values()) < ENOUGH
    if topics:
        _add_topics(ground, wanted, found)
    single_words = ways.single_words if ways else len(wanted) > 1 and found.answers < FEW
    if single_words:
        for place, word in enumerate(wanted):
            if weights[place] > LIGHT:
                last = place == len(wanted) - 1
                for entry_id, tier in ground.all_words([word], unfinished=last).items():
                    found.holds_word(entry_id, place, tier)
    looked = ranked(ground.connection, ground.asked, wanted, found, ground.known.at_hand)
    return looked, _Ways(topics, single_words)


def _add_called(ground: _Ground, wanted: list[str], found: Evidence) -> None:
    """Entries of the services that the words are an abbreviation, a short form or an old name of."""
    for name, places in called(wanted):
        having = ground.candidates(" AND ".join(f'{{name}} : "{word}"' for word in name), named=True)
        for entry_id in having:
            found.is_called(entry_id, name, places)


def _add_topics(ground: _Ground, wanted: list[str], found: Evidence) -> None:
    """Entries of the topics that the words speak of; what they speak of and no entry has."""
    typed, languages = ground.asked.typed.split(), ground.asked.languages
    meant: dict[tuple[str, bool], tuple[float, frozenset[int]]] = {}
    for thesaurus in (ground.known.own, shipped()):
        for meaning in thesaurus.meanings(wanted, languages, unfinished=True, typed=typed):
            target, value = (meaning.topic, meaning.written), _value(meaning)
            standing = meant.get(target)
            weight = _weight(found, meaning.places)
            if standing is None or (value, weight) > (standing[0], _weight(found, standing[1])):
                meant[target] = (value, meaning.places)
    best = sorted(meant.items(), key=lambda each: -each[1][0] * _weight(found, each[1][1]))
    for (topic, is_written), (value, places) in best[:TOPICS]:
        if is_written:
            _add_written(ground, topic, places, value, found)
            continue
        having = ground.with_topic(topic)
        rare = RARE / len(having) ** 0.5 if having and value > GUESS else 0.0
        for entry_id, others in having:
            found.speaks_of(entry_id, others, places, value + rare, topic)
        if not having and value >= TOPIC:
            found.lacks(places)


def _add_written(ground: _Ground, said: str, places: frozenset[int], value: float, found: Evidence) -> None:
    """Entries that have the words themselves which the query means, be it in their text."""
    having = ground.all_words(query_words(said), unfinished=False)
    rare = RARE / len(having) ** 0.5 if having and value > GUESS else 0.0
    for entry_id, tier in having.items():
        found.speaks_of(entry_id, 0, places, (value + rare) * WRITTEN[tier], "")


def _value(meaning: Meaning) -> float:
    """How much a topic's phrase says that an entry of the topic is meant."""
    if meaning.share < 1.0:
        return GUESS * meaning.certainty
    return max(TOPIC, SPECIFIC - SPREAD * meaning.spread) if meaning.specific else TOPIC


def _weight(found: Evidence, places: frozenset[int]) -> float:
    return sum(found.weights[place] for place in places)


def _mended(ground: _Ground, wanted: list[str]) -> list[str]:
    """The words, those that neither directory nor thesaurus has replaced by the nearest they have."""
    known = ground.known
    mended = []
    for place, word in enumerate(wanted):
        last = place == len(wanted) - 1
        if (
            known.spelling.knows(word, unfinished=last)
            or shipped().knows(word, ground.asked.languages)
            or known.own.knows(word, ground.asked.languages)
            or ground.all_words([word], unfinished=last)
        ):
            mended.append(word)
        else:
            near = known.spelling.near(word, unfinished=last)
            mended.append(next((other for other in near if other not in manner("fr").stop), word))
    return mended
