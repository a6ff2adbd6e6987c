"""Tests of family links."""
