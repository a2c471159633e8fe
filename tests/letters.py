"""An encoder of letters: texts that look alike lie near each other. For tests that don’t care what they mean."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from pointinfo.directory.vectors import Encode, Matrix


class Letters:
    """Encodes texts by their groups of three letters, and counts them."""

    def __init__(self, name: str = "letters 1") -> None:
        self.name = name
        self.encoded = 0

    def __call__(self) -> tuple[str, Encode]:
        return self.name, self.encode

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.encoded += len(texts)
        rows = np.full((len(texts), 128), 1e-3, np.float32)
        for row, text in zip(rows, texts, strict=True):
            spaced = f"  {text.lower()} "
            for start in range(len(spaced) - 2):
                row[blake2b(spaced[start : start + 3].encode(), digest_size=1).digest()[0] % 128] += 1
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows
