"""The path of an article: read, clean, annotate, extract, assemble, validate, store; and the ways out of the database."""
