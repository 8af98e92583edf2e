"""Where the templates, fonts and shared descriptions lie: in a wheel, or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def _folder(name: str) -> Path:
    """Return the folder beside this package, or the checkout's when that is where we run."""
    checkout = _CHECKOUT / name
    return checkout if (_CHECKOUT / "pyproject.toml").is_file() else _PACKAGE / name


TEMPLATES = _folder("templates")
ASSETS = TEMPLATES / "assets"
FONTS = ASSETS / "fonts"
SHARED_PATHS = _folder("paths")
