"""Readers of evidence: each takes one annotated article and gives the mentions of one kind of value."""
