"""Who keeps a file of PFIF is told what to mend, without any node."""

from pathlib import Path

from tests.config.test_backups import waystation
from tests.familylinks.pfif.files import OLD, wrapped

WHOLE = (
    "<p:person><p:person_record_id>a.b/1</p:person_record_id><p:source_date>2026-05-03T08:00:00Z</p:source_date>"
    "<p:full_name>Hodan Cali</p:full_name></p:person>"
)


def test_each_fault_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "old.xml"
    file.write_text(OLD, encoding="utf-8")
    done = waystation(tmp_path, "pfif", str(file))
    assert done.returncode == 1
    assert "line 8 sex: Write female, male or other.\n" in done.stdout
    assert "line 26 first_name: No name stands in this record" in done.stdout
    assert "1 people, 2 notes, 3 faults." in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.xml"]


def test_a_whole_file_is_told_to_be_so(tmp_path: Path) -> None:
    file = tmp_path / "whole.xml"
    file.write_bytes(wrapped(WHOLE))
    done = waystation(tmp_path, "pfif", str(file))
    assert (done.returncode, done.stdout) == (0, "1 people, 0 notes, 0 faults.\n")
