"""How days are typed here: as everywhere."""

from waystation.config.formats import DATE_INPUT_FORMATS

__all__ = ["DATE_INPUT_FORMATS"]
