"""Files of PFIF about invented people, with and without faults."""

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.2">
  <pfif:person>
    <pfif:person_record_id>harbour.example/p.1</pfif:person_record_id>
    <pfif:source_date>2026-05-03T08:00:00Z</pfif:source_date>
    <pfif:first_name>Hodan</pfif:first_name>
    <pfif:last_name>Cali</pfif:last_name>
    <pfif:sex>woman</pfif:sex>
    <pfif:age>20-30</pfif:age>
    <pfif:home_country>SO</pfif:home_country>
    <pfif:other>description:
    Wears a green scarf.
    Speaks softly.
</pfif:other>
    <pfif:note>
      <pfif:note_record_id>harbour.example/n.1</pfif:note_record_id>
      <pfif:author_name>Nurse of ward 2</pfif:author_name>
      <pfif:source_date>2026-05-04</pfif:source_date>
      <pfif:found>true</pfif:found>
      <pfif:status>believed_alive</pfif:status>
      <pfif:text>She asks for her sister.</pfif:text>
    </pfif:note>
  </pfif:person>
  <pfif:person>
    <pfif:person_record_id>harbour.example/p.2</pfif:person_record_id>
    <pfif:first_name/>
    <pfif:last_name/>
  </pfif:person>
  <pfif:note>
    <pfif:note_record_id>harbour.example/n.2</pfif:note_record_id>
    <pfif:person_record_id>harbour.example/p.1</pfif:person_record_id>
    <pfif:linked_person_record_id>other.example/p.77</pfif:linked_person_record_id>
    <pfif:author_name>Desk</pfif:author_name>
    <pfif:source_date>2026-05-05T09:00:00Z</pfif:source_date>
    <pfif:text>The same person stands in another list.</pfif:text>
  </pfif:note>
</pfif:pfif>
"""
NEW = """<?xml version="1.0" encoding="UTF-8"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">
  <pfif:person>
    <pfif:person_record_id>camp.example/p.9</pfif:person_record_id>
    <pfif:entry_date>2026-05-03T08:00:00Z</pfif:entry_date>
    <pfif:expiry_date>{expiry}T00:00:00Z</pfif:expiry_date>
    <pfif:source_date>2026-05-03T08:00:00Z</pfif:source_date>
    <pfif:full_name>يوسف عبدي ورسمة
Yusuf Abdi Warsame</pfif:full_name>
    <pfif:alternate_names>Little Yusuf</pfif:alternate_names>
    <pfif:date_of_birth>1994-31</pfif:date_of_birth>
    <pfif:home_city>Kismayo</pfif:home_city>
    <pfif:photo_url>https://camp.example/photos/9.jpg</pfif:photo_url>
    <pfif:note>
      <pfif:note_record_id>camp.example/n.1</pfif:note_record_id>
      <pfif:author_name>Camp desk</pfif:author_name>
      <pfif:source_date>2026-05-03T08:00:00Z</pfif:source_date>
      <pfif:text>Seen at the well.</pfif:text>
    </pfif:note>
  </pfif:person>
  <pfif:person>
    <pfif:person_record_id>no-slash</pfif:person_record_id>
    <pfif:source_date>2026-05-03T08:00:00Z</pfif:source_date>
    <pfif:full_name>Selam Tesfay</pfif:full_name>
    <pfif:first_name>Selam</pfif:first_name>
    <pfif:nickname>Selamawit</pfif:nickname>
  </pfif:person>
</pfif:pfif>
"""


def new(expiry: str = "2099-01-01") -> str:
    """A file of version 1.4 whose first record ends on a day."""
    return NEW.format(expiry=expiry)


def wrapped(body: str, version: str = "1.4", before: str = "") -> bytes:
    """Elements as a file."""
    return f'<?xml version="1.0"?>\n{before}<p:pfif xmlns:p="http://zesty.ca/pfif/{version}">{body}</p:pfif>'.encode()
