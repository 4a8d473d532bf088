# ruff: noqa
# %%
def area(shape):
    return shapes[shape](size)


# %%
def square(side):
    return side * side


# %%
def circle(radius):
    return round(PI * radius**2, 2)


# %%
PI = 3.14159
size = 2
shapes = {"square": square, "circle": circle}
# %%
area("square"), area("circle")


# %%
class Report:
    title = "Areas"

    def __init__(self, names):
        self.names = names

    def lines(self):
        return [f"{name}: {area(name)}" for name in self.names]

    def show(self, out=print):
        out(self.title)
        for line in self.lines():
            out(line)


# %%
report = Report(sorted(shapes))
report.show()
# %%
shapes["double"] = lambda side: 2 * square(side)
# %%
report.names.append("double")
report.show()
# %%
Report.title = "All areas"
# %%
written = []
report.show(written.append)
written[0]
# %%
size = 3
# %%
report.lines()[-1]


# %%
def sizes():
    for one in range(1, size + 1):
        yield {name: shape(one) for name, shape in shapes.items()}


# %%
[one["square"] for one in sizes()]
# %%
del shapes["double"]
# %%
len(shapes), len(report.names)
# %% [raw]
# snippets:
# size = 10
#
# def square(side):
#     return side**3
#
# PI = 3
#
# shapes.pop("circle", None)
#
# report = Report(["square"])
