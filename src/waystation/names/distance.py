"""How far one string of sounds is from many at once: weighted edit distance, columnwise.

Edit distance as Wagner and Fischer (1974) compute it, with neighbours that changed places (optimal string alignment).
A string is a column of small numbers, 0 after its end, so that numpy does one step of the table for all columns.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CROSSED = np.int16(20)
"""What two sounds in each other's place cost."""

Codes = NDArray[np.uint8]
Costs = NDArray[np.int16]


class Costing:
    """What one numbered sound costs in place of another, and what it costs to leave one out."""

    def __init__(self, swap: Costs, indel: Costs) -> None:
        self.swap, self.indel = swap, indel
        self._costs = indel.tolist()

    def weight(self, codes: Sequence[int]) -> int:
        """What leaving out the whole string costs."""
        return sum([self._costs[code] for code in codes])

    def distances(self, wanted: Sequence[int], others: Codes) -> Costs:
        """From one string to each column of `others` (longest string × strings)."""
        length, many = others.shape
        places = others.astype(np.intp)
        left_out = np.take(self.indel, places, mode="clip")
        row = np.zeros((length + 1, many), dtype=np.int16)
        for place in range(length):
            np.add(row[place], left_out[place], out=row[place + 1])
        before, last = row, 0
        for sound in wanted:
            new = row + np.int16(self._costs[sound])
            np.minimum(new[1:], row[:-1] + np.take(self.swap[sound], places, mode="clip"), out=new[1:])
            if last:
                crossed = (others[1:] == last) & (others[:-1] == sound)
                np.minimum(new[2:], before[:-2] + CROSSED, out=new[2:], where=crossed)
            for place in range(length):
                np.minimum(new[place + 1], new[place] + left_out[place], out=new[place + 1])
            before, row, last = row, new, sound
        return row[length]
