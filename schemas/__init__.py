"""The nouns of the project: what flows from one stage to the next, and what is stored and exported."""
