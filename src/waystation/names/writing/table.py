"""What a writing is to us: its letters and letter groups, each with its sounds."""

import re
from collections.abc import Mapping


class Table:
    """Letter groups of one script and the sounds (of `symbols`) they stand for, the longest group first."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = dict(letters)
        self._groups = re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))) + "|.", re.DOTALL)

    def read(self, word: str) -> str:
        """The sounds of a word; what the table does not know is left out."""
        return "".join(self._letters.get(group, "") for group in self._groups.findall(word))

    def __contains__(self, letter: str) -> bool:
        return letter in self._letters
