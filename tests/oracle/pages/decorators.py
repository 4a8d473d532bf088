# ruff: noqa
# %%
import functools

calls = []
verbose = True


# %%
def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        calls.append(function.__name__)
        result = function(*args, **kwargs)
        if verbose:
            print(f"{function.__name__}{args} -> {result}")
        return result

    return wrapper


# %%
def repeat(times):
    def around(function):
        @functools.wraps(function)
        def wrapper(value):
            for _ in range(times):
                value = function(value)
            return value

        return wrapper

    return around


# %%
base = 10


@traced
def add(value):
    return value + base


# %%
@repeat(3)
def double(value):
    return value * 2


# %%
add(1)
# %%
double(1)
# %%
len(calls)


# %%
@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


# %%
fib(20), fib.cache_info().misses
# %%
compose = lambda *functions: functools.reduce(lambda f, g: lambda x: g(f(x)), functions)
# %%
both = compose(add, double)
both(2)
# %%
print(calls)
# %%
base = 20
# %%
add(1)
# %% [raw]
# snippets:
# verbose = False
#
# base = 0
#
# calls.clear()
#
# def add(value):
#     return value
#
# add(5)
