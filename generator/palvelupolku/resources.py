"""Where templates, fonts, shared descriptions and the guide lie: in a wheel, or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def _folder(name: str) -> Path:
    """Return the folder beside this package, as in a wheel, or else the checkout's."""
    beside = _PACKAGE / name
    return beside if beside.is_dir() else _CHECKOUT / name


TEMPLATES = _folder("templates")
ASSETS = TEMPLATES / "assets"
FONTS = ASSETS / "fonts"
SHARED_PATHS = _folder("paths")
GUIDE = _folder("docs")
GUIDE_PAGES = ("ota-kayttoon", "kirjoita", "viestit", "komennot")
"""The addresses of the guide's pages; its pictures are in a folder of their own, `kuvat`."""
