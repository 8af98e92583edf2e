"""Many services from one: copies of a real path in its own region under other ids and names."""

import re
from collections.abc import Mapping


def with_copies(files: Mapping[str, bytes], original: str, count: int) -> dict[str, bytes]:
    """Return the files with `count` more services, copied from `original` (`region/id.yml`).

    The copies differ by id and Finnish name only; what the original leads to stays as it is.
    """
    text = files[original].decode()
    stem = original.removesuffix(".yml")
    copies = {f"{stem}-{number:04}.yml": _renamed(text, number) for number in range(count)}
    return {**files, **copies}


def _renamed(text: str, number: int) -> bytes:
    """Give a description a name of its own; one that builds on another may have had none."""
    renamed, times = re.subn(r"(?m)^(name:(?:\n  fi:)? .+)", rf"\g<1> {number:04}", text, count=1)
    return renamed.encode() if times else f"{text}name: Palvelu {number:04}\n".encode()
