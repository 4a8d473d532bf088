"""Cells to compare with IPython: magics among blocks, prompts, brackets, strings and calls.

Parted by lines with a §; a · is a blank at the end of a line."""

from __future__ import annotations

BLOCKS = (
    """
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
