"""Answers for people and machines. Renderers decide nothing: they show what is there."""
