"""HSDS 3.0 as tables: which there are, what stands in them, and how nested JSON becomes rows of them."""

import uuid
from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]
"""By table and by id, or by number where a row has no id."""

OURS = uuid.UUID("6f1f3a0e-5d1c-5f0b-9a57-0f7c1e0a77d1")
"""Where identifiers that are worked out from others belong (RFC 9562, version 5)."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "description", "email", "website"),
    "services": (
        "id", "organization_id", "name", "description", "url", "email", "status", "application_process",
        "fees_description", "wait_time", "minimum_age", "maximum_age", "assured_date", "alert", "last_modified",
    ),
    "locations": (
        "id", "location_type", "url", "name", "transportation", "latitude", "longitude",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "addresses": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "schedules": (
        "id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "timezone", "until", "freq", "interval",
        "byday", "bymonthday", "description", "opens_at", "closes_at", "notes",
    ),
    "phones": ("id", "service_id", "number", "description"),
    "languages": ("id", "service_id", "name", "code"),
    "accessibility": ("id", "location_id", "description"),
    "required_documents": ("id", "service_id", "document"),
    "service_areas": ("id", "service_id", "name"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "language"),
}  # fmt: skip
"""What this program writes, in the order of HSDS."""

MANY: Mapping[str, str] = {
    "services": "services", "locations": "locations", "service_at_locations": "service_at_location",
    "addresses": "addresses", "schedules": "schedules", "phones": "phones", "languages": "languages",
    "accessibility": "accessibility", "required_documents": "required_documents", "service_areas": "service_areas",
    "cost_options": "cost_options", "contacts": "contacts", "attributes": "attributes", "metadata": "metadata",
    "funding": "funding", "programs": "programs", "organization_identifiers": "organization_identifiers",
}  # fmt: skip
"""Names under which lists of rows stand inside another row, with their tables."""
ONE: Mapping[str, str] = {
    "organization": "organizations", "service": "services", "location": "locations", "program": "programs",
    "taxonomy_term": "taxonomy_terms", "taxonomy_detail": "taxonomies",
}  # fmt: skip
PARENT: Mapping[str, str] = {
    "organizations": "organization_id", "services": "service_id", "locations": "location_id",
    "service_at_location": "service_at_location_id", "phones": "phone_id", "contacts": "contact_id",
}  # fmt: skip
ENTITY: Mapping[str, str] = {"services": "service", "locations": "location", "organizations": "organization"}
KNOWN_FILES = frozenset(MANY.values()) | frozenset(ONE.values()) | {"taxonomies", "meta_table_descriptions"}
OF_ORGANIZATION = frozenset(
    ("website", "email", "locations", "services", "programs", "organization_identifiers", "uri", "logo")
)


def derived(*parts: object) -> str:
    """The same identifier for the same parts, each time."""
    return str(uuid.uuid5(OURS, "/".join(str(part) for part in parts)))


def add(tables: Tables, table: str, row: Row) -> str:
    """Put a row into its table; met twice it becomes one with all that both say, or two where they disagree."""
    rows = tables.setdefault(table, {})
    key = str(row.get("id") or f"row {len(rows) + 1}")
    told = rows.setdefault(key, {})
    if any(told.get(name, value) != value for name, value in row.items() if not name.endswith("_id")):
        rows[f"{key} {len(rows) + 1}"] = dict(row)
        return key
    for name, value in row.items():
        told.setdefault(name, value)
    return key


def flatten(tables: Tables, table: str, nested: Row) -> str:
    """Take a nested row apart into rows of tables; the key of its own row."""
    plain = {name: value for name, value in nested.items() if not isinstance(value, list | dict)}
    for name, inner in ONE.items():
        if isinstance(child := nested.get(name), dict):
            plain.setdefault(PARENT.get(inner, f"{name}_id"), flatten(tables, inner, child))
    key = add(tables, table, plain)
    for name, inner in MANY.items():
        children = nested.get(name)
        for child in children if isinstance(children, list) else ():
            if isinstance(child, dict):
                flatten(tables, inner, {**child, **_link(table, key, inner)})
    return key


def entity_of(row: Row) -> str:
    """Which table a row by itself belongs to, by what stands in it. Empty for what is none of them."""
    if "location_type" in row:
        return "locations"
    if "location" in row or ("service" in row and "name" not in row):
        return "service_at_location"
    if "status" in row and "name" in row:
        return "services"
    if "taxonomy" in row or "taxonomy_detail" in row:
        return "taxonomy_terms"
    if OF_ORGANIZATION & set(row) and "name" in row:
        return "organizations"
    return ""


def _link(table: str, key: str, inner: str) -> Row:
    if inner == "attributes":
        return {"link_id": key, "link_entity": ENTITY.get(table, table)}
    return {PARENT[table]: key} if table in PARENT else {}
