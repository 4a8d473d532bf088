# ruff: noqa
# %%
from __future__ import annotations
from typing import Iterator, NamedTuple


# %%
class Node:
    def __init__(self, value, *children: Node):
        self.value = value
        self.children = list(children)

    def add(self, child: "Node") -> "Node":
        self.children.append(child)
        return self

    def __iter__(self) -> Iterator[int]:
        yield self.value
        for child in self.children:
            yield from child

    def __iadd__(self, child):
        return self.add(child)


# %%
leaf = Node(4)
tree = Node(1, Node(2, leaf), Node(3))
# %%
list(tree)
# %%
leaf.add(Node(5))
# %%
sum(tree)
# %%
tree += Node(6)


# %%
def depth(node):
    return 1 + max((depth(child) for child in node.children), default=0)


# %%
depth(tree), depth(leaf)


# %%
class Step(NamedTuple):
    node: Node
    level: int = 0


# %%
queue = [Step(tree)]
order = []
while queue:
    step = queue.pop(0)
    order.append((step.node.value, step.level))
    queue += [Step(child, step.level + 1) for child in step.node.children]
order
# %%
step.level, step.node.value


# %%
def double(node):
    node.value *= 2
    for child in node.children:
        double(child)


# %%
double(leaf)
# %%
list(tree)
# %%
first, second, *others = tree
print(first, second, others)
# %% [raw]
# snippets:
# leaf.value = 100
#
# tree.add(Node(50))
#
# double(tree)
#
# leaf = Node(7)
#
# queue = []
