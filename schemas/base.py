"""The base of every noun: frozen, strict, and described by the docstring under each field."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A checked, frozen value; the docstring under a field is its description in every schema made from it."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)
