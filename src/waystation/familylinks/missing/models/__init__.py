"""Tables of this noun, by what they are about."""

from waystation.familylinks.missing.models.families import (
    AnteMortem,
    ContactPlan,
    Hypothesis,
    HypothesisStep,
    Telling,
)
from waystation.familylinks.missing.models.incidents import Incident, Reading, Remark
from waystation.familylinks.missing.models.lost import Aboard, UnidentifiedBody

__all__ = [
    "Aboard",
    "AnteMortem",
    "ContactPlan",
    "Hypothesis",
    "HypothesisStep",
    "Incident",
    "Reading",
    "Remark",
    "Telling",
    "UnidentifiedBody",
]
