"""A database on one page: numbers and charts to look at, with words and tables beside them."""
