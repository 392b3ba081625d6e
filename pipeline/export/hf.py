"""Parquet and a card with a configuration per table, as `datasets.load_dataset(folder, "findings")` reads them."""

from pathlib import Path

from pipeline.export import card, parquet
from pipeline.export.dataset import Dataset

READ = 'datasets.load_dataset(".", "inspections")'
FIRST = "inspections"  # what is loaded where no table is named


def write(dataset: Dataset, folder: Path) -> None:
    """Write `data/<table>.parquet`, and the head of the card; `datasets` can't load a table without rows, so it is not named."""
    data = folder / "data"
    data.mkdir()
    parquet.write(dataset, data)
    lines = ["language: en", "license: other", "license_name: see-card", "license_link: README.md"]
    lines += [f"pretty_name: {card.TITLE}", "configs:"]
    for table in filter(dataset.count, dataset.tables):
        lines += [f"- config_name: {table.name}", f"  data_files: data/{table.name}.parquet"]
        lines += ["  default: true"] if table.name == FIRST else []
    (folder / card.NAME).write_text("\n".join(["---", *lines, "---", "", ""]), encoding="utf-8")
