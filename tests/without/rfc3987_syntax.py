"""Not the package of that name: what imports this finds none. `jsonschema` makes 38 grammars of
addresses when it is imported, two seconds in every process, if it finds that package. Nothing that
is validated in tests has such an address."""

raise ImportError("left out of tests")
