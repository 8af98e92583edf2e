"""The rim to Pagefind: what a reader may look for → an index that is loaded in small parts."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

from palvelupolku.records import SearchRecord


def write_index(records: Iterable[SearchRecord], site: Path) -> None:
    """Write the index of the records to `pagefind/` in the site's folder."""
    asyncio.run(_write(list(records), site / "pagefind"))


async def _write(records: list[SearchRecord], folder: Path) -> None:
    async with PagefindIndex(IndexConfig(output_path=str(folder))) as index:
        for record in records:
            await index.add_custom_record(
                url=f"/{record.address}",
                content=record.indexed,
                language="fi",
                meta={"title": record.title, "place": record.place, "address": record.address},
            )
