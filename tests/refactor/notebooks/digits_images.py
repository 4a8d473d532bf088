# %% [markdown]
# # Pictures are arrays

# %%
import matplotlib.pyplot as plt
import numpy as np
from numpy.fft import fft2, fftshift
from sklearn.datasets import load_digits

# %matplotlib inline

# %%
digits = load_digits()
images = digits.images
labels = digits.target
images.shape, images.dtype, images.max()

# %%
fig, axes = plt.subplots(2, 5, figsize=(6, 3))
for ax, img, lab in zip(axes.ravel(), images, labels):
    ax.imshow(img, cmap="gray_r")
    ax.set_title(lab)
    ax.axis("off")

# %%
img = images[3]
img = img / img.max()
print(np.array2string(img, precision=1))

# %% [markdown]
# ## Filters

# %%
kernels = {
    "blur": np.ones((3, 3)) / 9,
    "edge": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "sobel": np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]]),
}


# %%
def convolve(image, kernel):
    k = kernel.shape[0] // 2
    padded = np.pad(image, k, mode="edge")
    out = np.zeros_like(image)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            out[i, j] = (padded[i : i + 2 * k + 1, j : j + 2 * k + 1] * kernel).sum()
    return out


filtered = {name: convolve(img, k) for name, k in kernels.items()}
{name: (f.min().round(2), f.max().round(2)) for name, f in filtered.items()}

# %%
plt.figure(figsize=(6, 2))
for i, (name, f) in enumerate(filtered.items(), start=1):
    plt.subplot(1, 3, i)
    plt.imshow(f, cmap="gray")
    plt.title(name)
plt.show()

# %%
noisy = img + np.random.default_rng(1).normal(0, 0.2, img.shape)
noisy.clip(0, 1, out=noisy)
denoised = convolve(noisy, kernels["blur"])
mse = lambda a, b: ((a - b) ** 2).mean()
print(f"noisy {mse(img, noisy):.4f} denoised {mse(img, denoised):.4f}")

# %% [markdown]
# ## Frequencies

# %%
spectrum = np.log1p(np.abs(fftshift(fft2(img))))
plt.imshow(spectrum)
plt.colorbar()

# %%
means = np.array([images[labels == d].mean(axis=0) for d in range(10)])
means.reshape(10, -1).std(axis=1).round(2)

# %% [markdown]
# ## Nearest mean

# %%
flat = images.reshape(len(images), -1)
train, test = flat[:1200], flat[1200:]
y_train, y_test = labels[:1200], labels[1200:]
centers = np.stack([train[y_train == d].mean(0) for d in range(10)])
dist = ((test[:, None] - centers) ** 2).sum(-1)
pred = dist.argmin(1)
acc = (pred == y_test).mean()
acc

# %%
confusion = np.zeros((10, 10), dtype=int)
for t, p in zip(y_test, pred):
    confusion[t, p] += 1
print(confusion)

# %%
np.fill_diagonal(confusion, 0)
i, j = np.unravel_index(confusion.argmax(), confusion.shape)
print(f"most often wrong: {i} taken for {j} ({confusion[i, j]} times)")

# %%
wrong = np.flatnonzero(pred != y_test)
fig, axes = plt.subplots(1, 4, figsize=(6, 2))
for ax, w in zip(axes, wrong):
    ax.imshow(test[w].reshape(8, 8), cmap="gray_r")
    ax.set_title(f"{y_test[w]} -> {pred[w]}")
    ax.set_axis_off()
