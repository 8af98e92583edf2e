"""Palvelupolku compiles YAML descriptions of Finnish social services into drawn, walkable paths."""

__version__ = "0.1.0"
