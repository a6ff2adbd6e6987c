"""The tables of a node are those of the code: no change of a model stands without its migration."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_changed_without_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
