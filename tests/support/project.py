"""What the kit's pyproject.toml says."""

from __future__ import annotations

import tomllib

from tests.support.course import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, TOOLS = SETTINGS["project"], SETTINGS["tool"]
