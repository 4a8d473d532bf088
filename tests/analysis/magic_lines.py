"""Cells to compare with IPython: magics, shell lines and questions by themselves.

Parted by lines with a §; a · is a blank at the end of a line."""

from __future__ import annotations

LINES = (
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
""".replace("·", " ")
    .strip("\n")
    .split("\n§\n")
)
