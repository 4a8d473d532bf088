# %% [markdown]
# # Gradient descent from scratch

# %%
import numpy as np
import matplotlib.pyplot as plt
from dataclasses import dataclass, field
from functools import partial
from typing import List, Optional

np.random.seed(1)
plt.style.use("ggplot")

# %%
X = np.random.uniform(-3, 3, (120, 1))
y = 1.5 * X[:, 0] - 0.7 + np.random.normal(0, 0.6, 120)
plt.scatter(X, y, s=10);


# %%
@dataclass
class LinearModel:
    lr: float = 0.05
    epochs: int = 60
    w: Optional[np.ndarray] = None
    b: float = 0.0
    history: List[float] = field(default_factory=list)

    def fit(self, X, y):
        n, d = X.shape
        self.w = np.zeros(d)
        for epoch in range(self.epochs):
            err = self.predict(X) - y
            self.w -= self.lr * X.T @ err / n
            self.b -= self.lr * err.mean()
            self.history.append(float((err**2).mean()))
        return self

    def predict(self, X):
        return X @ self.w + self.b


# %%
model = LinearModel().fit(X, y)
print(f"w={model.w[0]:.3f} b={model.b:.3f} loss={model.history[-1]:.3f}")

# %%
for lr in [0.01, 0.05, 0.2]:
    m = LinearModel(lr=lr, epochs=40).fit(X, y)
    plt.plot(m.history, label=f"lr={lr}")
plt.legend()
plt.yscale("log")

# %% [markdown]
# ## Closed form
# For comparison.

# %%
A = np.c_[X, np.ones(len(X))]
theta, *_ = np.linalg.lstsq(A, y, rcond=None)
theta

# %%
np.allclose(theta, [model.w[0], model.b], atol=0.1)

# %% [markdown]
# ## Polynomials


# %%
def poly(X, degree):
    return np.hstack([X**k for k in range(1, degree + 1)])


def split(X, y, ratio=0.7):
    idx = np.random.permutation(len(X))
    cut = int(ratio * len(X))
    return X[idx[:cut]], X[idx[cut:]], y[idx[:cut]], y[idx[cut:]]


def rmse(a, b):
    return np.sqrt(np.mean((a - b) ** 2))


# %%
X_tr, X_te, y_tr, y_te = split(X, y)
scores = []
for degree in range(1, 6):
    P = poly(X_tr, degree)
    mean, std = P.mean(0), P.std(0)
    m = LinearModel(lr=0.1, epochs=100).fit((P - mean) / std, y_tr)
    pred = m.predict((poly(X_te, degree) - mean) / std)
    scores.append((degree, rmse(pred, y_te)))
scores

# %%
best_degree = min(scores, key=lambda t: t[1])[0]
print("best degree:", best_degree)


# %%
def make_schedule(kind, lr0=0.1, **kwargs):
    if kind == "step":
        return lambda t: lr0 * 0.5 ** (t // kwargs.get("every", 10))
    if kind == "inverse":
        return lambda t: lr0 / (1 + kwargs.get("decay", 0.1) * t)
    raise ValueError(kind)


schedules = {"step": make_schedule("step"), "inverse": make_schedule("inverse", decay=0.3)}
for name, f in schedules.items():
    plt.plot([f(t) for t in range(50)], label=name)
plt.legend();

# %%
def sgd(grad, w0, schedule, steps=50):
    w = w0
    trace = [w]
    for t in range(steps):
        w = w - schedule(t) * grad(w)
        trace.append(w)
    return np.array(trace)

grad = lambda w: 2 * (w - 3)
step = partial(sgd, grad, 0.0)
traces = {name: step(s) for name, s in schedules.items()}
{name: t[-1].round(4) for name, t in traces.items()}

# %%
xs = np.linspace(-1, 4, 100)
plt.plot(xs, (xs - 3) ** 2)
for name, t in traces.items():
    plt.plot(t, (t - 3) ** 2, ".", label=name)
plt.legend()
plt.show()

# %%
final = {"model": (model.w.round(3).tolist(), round(model.b, 3)), "best_degree": best_degree}
for k, v in final.items():
    print(k, "=", v)
