"""What every part of an export raises."""


class ExportError(Exception):
    """An export can't be written: says where, why, and what to do."""
