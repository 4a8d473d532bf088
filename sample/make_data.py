"""Write data/train.csv and data/test.csv from scikit-learn's diabetes data, with gaps.

The same files come out at every run: what is split off and what is left blank is drawn
from one seeded generator.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.datasets import load_diabetes

DATA = Path(__file__).parent / "data"
TEST_ROWS = 100
GAPS = 0.05
MEASURED = ["bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]


def write(folder: Path = DATA) -> tuple[Path, Path]:
    """The two files; the test file has no ``progression``, which is to be predicted."""
    frame = load_diabetes(as_frame=True, scaled=False).frame
    frame = frame.rename(columns={"target": "progression"})
    frame.insert(0, "patient", np.arange(1, len(frame) + 1))
    random = np.random.default_rng(0)
    frame[MEASURED] = frame[MEASURED].mask(random.random((len(frame), len(MEASURED))) < GAPS)
    order = random.permutation(len(frame))
    train = frame.iloc[np.sort(order[TEST_ROWS:])]
    test = frame.iloc[np.sort(order[:TEST_ROWS])].drop(columns="progression")
    folder.mkdir(exist_ok=True)
    files = (folder / "train.csv", folder / "test.csv")
    for rows, file in zip((train, test), files, strict=True):
        rows.to_csv(file, index=False, lineterminator="\n")
    return files


if __name__ == "__main__":
    for file in write():
        print(f"wrote {file}")
