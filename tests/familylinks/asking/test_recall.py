"""Bar: of 1,000 development-set pairs that the open matcher ranks first, at least 70 % are found blindly.

With tokens as they are compared: that tags meet exactly where tokens do, `test_questions` holds; the whole protocol is
run by `waystation bench asking`.
"""

import pytest
from benchmarks.asking import PAIRS, _facts, _ranked_first
from benchmarks.names import _rows

from tests.conftest import shared_folder
from waystation.familylinks.asking.protocol import questions, tokens


@pytest.mark.long
@pytest.mark.shared
def test_seven_of_ten_whom_the_open_matcher_ranks_first_are_found_blindly() -> None:
    folder = shared_folder() / "familylinks"
    corpus = _rows(folder / "corpus.tsv")
    ids = [row["record_id"] for row in corpus]
    pairs = _ranked_first(corpus, ids, folder)
    whose: dict[bytes, list[str]] = {}
    for row in corpus:
        for token in tokens.stored(_facts(row), few=False):
            whose.setdefault(token, []).append(row["record_id"])

    meant = [
        questions.meant(whose.get(token, ()) for token in tokens.asked(_facts(query), few=False)) for query, _ in pairs
    ]

    found = sum(right in who for who, (_query, right) in zip(meant, pairs, strict=True))
    others = sum(one != right for who, (_query, right) in zip(meant, pairs, strict=True) for one in who)
    assert len(pairs) == PAIRS
    assert found / PAIRS >= 0.70
    assert others / PAIRS <= 0.15, "how often an officer is asked about somebody else"
