"""A database -> pages for a person: Datasette, with pages of our own on top of its tables."""
