"""What left without consent stands in every report: no report is shown without the number."""

from collections.abc import Callable

import pytest
from django.test import Client

REPORTS = {
    "/alike/": "coordinator",
    "/barriers/figures/": "coordinator",
    "/feedback/figures/": "coordinator",
    "/rounds/fears/": "coordinator",
    "/health/coverage/": "health",
    "/news/calls/": "volunteer",
    "/plans/road/": "coordinator",
    "/tally/trend/": "coordinator",
}


@pytest.mark.parametrize(("address", "role"), REPORTS.items())
def test_a_report_says_what_left_without_consent(client_for: Callable[..., Client], address: str, role: str) -> None:
    answer = client_for(role).get(address)
    assert answer.status_code == 200, address
    assert '<p class="overrides">' in answer.content.decode()
