"""Need, never status: the check that refuses any model, form, code list, rule or API field that asks for a person's
legal or immigration status, or computes with it (DESIGN.md section 1; source document ES.5, SD.2, P1.1)."""
