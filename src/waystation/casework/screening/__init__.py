"""Screening: what makes someone easy to harm, and what would make it safer."""
