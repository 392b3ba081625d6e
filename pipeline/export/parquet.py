"""The tidy tables as Parquet: typed columns, real lists, each column with its description."""

import itertools
from pathlib import Path
from typing import Any

from pipeline.export.dataset import Dataset
from pipeline.export.fault import ExportError
from pipeline.export.tables import Table

READ = 'pandas.read_parquet("inspections.parquet")'
ROWS = 20_000  # of a row group: what is held in memory at once


def write(dataset: Dataset, folder: Path) -> None:
    """Write one Parquet file per table."""
    try:
        import pyarrow  # noqa: F401, PLC0415 - heavy, and an extra
    except ImportError as error:
        advice = "pip install '.[parquet]' in the program's folder"
        raise ExportError(f"Parquet can't be written without pyarrow: {advice}") from error
    for table in dataset.tables:
        _write(dataset, table, folder / f"{table.name}.parquet")


def _write(dataset: Dataset, table: Table, path: Path) -> None:
    """Write one table, a row group at a time."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    schema = _schema(table)
    rows = dataset.rows(table)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while group := list(itertools.islice(rows, ROWS)):
            columns = [
                pa.array(values, each.type) for values, each in zip(zip(*group, strict=True), schema, strict=True)
            ]
            file.write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=ROWS)


def _schema(table: Table) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    types = {
        "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "list": pa.list_(pa.string()),
    }  # fmt: skip
    return pa.schema(
        [
            pa.field(column.name, types[column.type], column.empty, {"description": column.about})
            for column in table.columns
        ],
        {"description": table.about},
    )
