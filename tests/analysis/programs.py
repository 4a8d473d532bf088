"""Programs drawn from Python's grammar and from its syntax tree.

Deferred, so that collecting the tests does not read the grammar: it takes five seconds."""

from __future__ import annotations

from hypothesis import strategies as st


def _from_grammar() -> st.SearchStrategy[str]:
    import hypothesmith

    return hypothesmith.from_grammar()


def _from_node() -> st.SearchStrategy[str]:
    import hypothesmith

    return hypothesmith.from_node(auto_target=False)


def _from_function() -> st.SearchStrategy[str]:
    import hypothesmith
    import libcst

    return hypothesmith.from_node(libcst.FunctionDef, auto_target=False)


from_grammar = st.deferred(_from_grammar)
from_node = st.deferred(_from_node)
from_function = st.deferred(_from_function)
