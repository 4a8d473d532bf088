"""Where IPython's syntax is found, compared with IPython's own transformer."""

from __future__ import annotations

import ast
import os
import re
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from jupyter_prodready.analysis.magic_syntax import Special, cleaned, has_marks, specials

EXAMPLES = int(os.environ.get("EXAMPLES", "400"))
SHELL = "get_ipython()"


def as_ipython(source: str) -> str:
    """The cell in IPython's words, with what is found by us."""
    text = re.sub(r"^[ \t]+$", "", cleaned(ending(source)), flags=re.MULTILINE)
    text = text.lstrip("\n") or "\n"
    if text.startswith("%%") and not _asked_cell_magic(text):
        first, _, body = text.partition("\n")
        name, _, argument = first[2:].rstrip().partition(" ")
        return f"{SHELL}.run_cell_magic({name!r}, {argument!r}, {ending(body)!r})\n"
    out, position = [], 0
    for special in specials(text):
        out += [text[position : special.start], in_words(special)]
        position = special.end
    return ending("".join([*out, text[position:]]))


def _asked_cell_magic(text: str) -> bool:
    name = text[2:].split("?", 1)[0]
    return text[2:].startswith(name + "?") and name.isidentifier()


def ending(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def in_words(special: Special) -> str:
    if special.form == "magic":
        return f"{SHELL}.run_line_magic({special.name!r}, {special.argument!r})"
    if special.form in ("system", "getoutput"):
        return f"{SHELL}.{special.form}({special.argument!r})"
    return f"{SHELL}.show_usage()" if special.form == "usage" else special.argument


def tree_of(code: str) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def theirs(source: str) -> str | None:
    """The tree of what IPython runs; None where it refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tree_of(TransformerManager().transform_cell(source))
    except (SyntaxError, RuntimeError):
        return None


def indented_more_above(source: str) -> bool:
    """Older IPython drops the first line's indent, newer what is common to all lines."""
    first = next((line for line in source.split("\n") if line.strip()), "")
    return first[:1] in (" ", "\t")


def compare(source: str) -> None:
    expected = theirs(source)
    mine = tree_of(as_ipython(source))
    if expected is None and indented_more_above(source):
        return
    assert mine == expected
    if not has_marks(source):
        assert not list(specials(cleaned(source)))


CELLS = (
    """
x = 1
§
%time z = 3
print(z)
§
%time  z = 3
§
% time x
§
%
§
%%
§
%%time
x = 1
§
%%time x = 2
x = 1
§
%% time
x
§
%%time
§


%%time
x = 1
§
# a comment
%%time
x = 1
§
x = 1
%%time
y = 2
§
%%time?
§
%%time?
x = 1
§
%%time??
%pwd
§
%%bash
echo $x
§
%%bash --out x··
echo '{'
§
%%sql x <<
select *
§
%%html
<b>
  %time
</b>
§
  %%time
  x = 1
§
!ls
§
!!ls
§
!!
§
!
§
! ls -l
§
    !ls
§
!ls {x} | wc
y = !ls {x}
§
x = !ls
§
x = !ls \\
  -l
y = 1
§
x = ! ls
§
x =!ls
§
x=!ls
§
x = !!ls
§
x != 3
§
x = != 3
§
a, b = !ls
§
a = b = !ls
§
x: list = !ls
§
d['k'] = !ls
§
d[a == 1] = !ls
§
f(a=1)['x'] = !ls
§
f(a=!ls)
§
x += !ls
§
x == !ls
§
x = 1; y = !ls
§
x = 1; %time y
§
x = %time y
§
x = %time f(y);
§
x = %%time y
§
x = % time y
§
x = %3
§
x = a % b
§
x = a \\
  % b
§
x = \\
  %pwd
§
x \\
  = %pwd
§
x = (a
  % b)
§
x = (a
  %time)
y = %pwd
§
x = [
  1,  # !not
  # %time
]
!ls
§
"%d" % 3
§
x = '''
!ls
%time
'''
%run other.py
§
x = \"\"\"
?what
\"\"\"
§
x = '''it's "fine"
%time''' + r'\\''
%pwd
§
x = 'a\\
%time'
%pwd
§
x = f"{y}%"
!ls
§
x = rb'%' b"!"
%pwd
§
x = u'?'
§
x = '?'
y?
§
df?
y = 1
§
df??
§
?df
y = 1
§
??df
§
? df
§
?
§
??
§
???
§
?df?
§
df.head?
§
df.a.b??
§
df[0]?
§
df[0].x?
§
df[-1]?
§
df['a']?
§
f(x)?
§
a*b?
§
str.*find*?
§
*.py?
§
%time?
§
%time x?
§
%time f(x)?
§
x = %time?
§
x = y?
§
x = f(y)?
§
!echo what?
§
!echo "what?"
§
!echo (what?
§
x? # no
§
# what?
§
x?··
§
x = 1 # what?
§
(x?
§
f(a, b?

§
f(a,
  b?
§
if x:
    y?
§
if x:
    y = z?
§
if x:
    %time y = f(x)
    !ls
else:
    %pwd
§
for i in x:
    !echo {i}
§
with a as b:
    c = !ls
    d = %pwd
§
def f():
    !ls
    return 1
§
def f(a=1): x = !ls
§
if x: y = !ls
§
if x: !ls
§
if x:
  !ls
 %pwd
§
class A:
    %time x = 1
    def f(self):
        y = %env HOME
        return y
§
try:
    %run x.py
except:
    !ls
finally:
    ?x
§
while x:
	!ls
	break
§
>>> x = 1
>>> y = x
§
>>> def f():
...     return 1
...
>>> f()
§
  >>> x = 1
  >>> y = x
§
>>> %time x
>>> !ls
§
>>>x
§
>>>
§
x = 1
>>> y = 2
§
... x
§
...
§
x = ...
§
def f():
    \"\"\"
    >>> f()
    1
    \"\"\"
    return 1
%pwd
§
\"\"\"
>>> x
\"\"\"
!ls
§
In [3]: x = 1
   ...: y = 2
§
In [3]: x = 1
§
In [3]:x = 1
§
In [3]: %time x
§
In [3]: for i in x:
   ...:     !ls
   ...:·
§
[ins] In [3]: x = 1
§
 In [1]: x
§
   ...: x = 1
§
x = 1
   ...: y = 2
§
x = 1
y = 2
   ...: z = 3
§
  x = 1
  y = 2
§
  x = 1
    y = 2
§
    if x:
        !ls
    y = 1
§

  x = 1
  !ls
§
	x = 1
	y = 2
§
a = %env HOME
b = a
§
a, b = %magic
§
/print 1 2
§
/print
§
/
§
/ print 1
§
//print 1
§
/print "a b" c
§
,print a b
§
,print
§
, print a
§
;print a b
§
;print
§
;
§
,
§
x
;
§
x;
§
%time x;
§
x /= 3
§
/= 3
§
%= 3
§
!= 3
§
x %= 3
%pwd
§
x
% 3
§
x
/ 3
§
lambda x=1: !ls
§
f = lambda x=1: x
%pwd
§
print(x, end='') ; !ls
§
!ls \\
  -l \\
  -a
x = 1
§
!ls \\
§
!ls \\·
x
§
%run a.py \\
  b
§
%time x = [1, \\
  2]
§
%time x = [1,
  2]
§
!echo "a
b"
§
!echo (
x = 1
§
!echo it's
x = 1
§
!echo '''
x = 1
§
!echo # no?
§
x = !echo (
y = 1
§
x = %time (
y = 1
§
\\
%pwd
§
\\
!ls
x
§
x = {
  'a': 1
}
%pwd
§
x = {
%pwd
}
§
)
%pwd
§
x = 'open
%pwd
§
x = 1

%pwd


!ls
§
@dec
%pwd
§
await x
§
async with a: pass
§
async for a in b:
    %pwd
§
[a async for a in b]
%pwd
§
x = await y
!ls
§
return 1
§
yield 1
%pwd
§
%autoawait
§
%autoawait off
await x
§
pip install pandas
§
ls -l
§
%pip install pandas -q
§
x = (yield)
!ls
§
x[1:2] = !ls
§
(a, b) = !ls
§
[a, b] = %who_ls
§
*a, b = !ls
§
x.y = !ls
§
x := !ls
§
if (y := 1): x = !ls
§
x = y == %pwd
§
x if y else z = !ls
§
del x
%reset -f
§
%%writefile f.py
x = (
§
%%R -i df -o out
out <- df
§
%%capture out
%%time
x = 1
§
%%!
ls
§
%%
x
§
# only
§

§
···
§
pass;
%pwd
§
global x
%pwd
§
match x:
    case 1:
        !ls
§
print('?')
§
print('a' # ?
)
%pwd
§
x = '''a
''' ; y = !ls
§
x = '''a
'''; %pwd
§
'''
''' ?
§
%load_ext autoreload
%autoreload 2
%matplotlib inline
import x
§
!cd x && ls
%cd x
os.chdir('x')
§
%env A=1
%env A
%set_env B 2
§
!wget https://a.b/c?d
§
!wget https://a.b/c?d=e
§
!curl 'a?b'
§
x = !curl a?
""".replace("·", " ")
    .strip("\n")
    .split("\n§\n")
)


@pytest.mark.parametrize("source", CELLS)
def test_a_cell_means_what_ipython_says(source: str) -> None:
    compare(source)


def test_the_list_is_long() -> None:
    assert len(set(CELLS)) > 200


def test_the_comparison_can_fail() -> None:
    assert sum(theirs(source) is not None for source in CELLS) > 150
    assert theirs("x = !ls") == tree_of("x = get_ipython().getoutput('ls')")
    assert tree_of(as_ipython("x = !ls")) != theirs("x = !ls -l")


WHOLE_LINES = [line for source in CELLS for line in source.split("\n")]
PIECES = ["%", "!", "?", "??", "!!", "%%", "/", ",", ";", "=", " = ", "(", ")", "[", "]", "#"]
PIECES += ["x", "y", "time", " ", "  ", "\n", "\n\n", "\\\n", "\n    ", ">>> ", "... ", "In [1]: "]
PIECES += ['"', "'", '"""', "'''", "if x:\n    ", "1", ".", ":", "==", "$", "{x}", "a?", "...: "]

mixtures = st.lists(st.sampled_from(WHOLE_LINES), max_size=8).map("\n".join)
shreds = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
deeper = st.tuples(st.sampled_from(["if x:", "for x in y:", "def f():"]), mixtures).map(
    lambda both: both[0] + "\n    pass\n    " + both[1].replace("\n", "\n    ")
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(mixtures | deeper | shreds)
def test_any_mixture_means_what_ipython_says(source: str) -> None:
    if not depends_on_python(source):
        compare(source)


def depends_on_python(source: str) -> bool:
    """Python 3.12 reads a lone quote, and ``!`` after a backslash, in another way than the
    versions before it, and with it IPython."""
    lone = any(line.count(q) % 2 for line in source.split("\n") for q in "'\"")
    return lone or re.search(r"\\\n[ \t]*[?!]", source) is not None
