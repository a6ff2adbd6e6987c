"""Tables of this noun, by what they are about."""

from waystation.familylinks.missing.models.incidents import Incident, Reading, Remark

__all__ = ["Incident", "Reading", "Remark"]
