"""Comparison of what a cell shows with what a fresh kernel gave, one kind of output a file."""
