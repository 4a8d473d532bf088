"""Iterators that libraries give: used up by what looks through them."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, each, rerun

USED_UP = [
    "import re\nmade = re.finditer('a', 'abaa')",
    "import os\nmade = os.walk('.')",
    "import os\nmade = os.scandir('/')",
    "import itertools\nmade = itertools.product([1, 2], [3, 4])",
    "import itertools\nmade = itertools.repeat(1, 3)",
    "from itertools import permutations\nmade = permutations([1, 2])",
    "from itertools import chain\nmade = chain.from_iterable([[1], [2]])",
    "import io\nimport pandas as pd\nmade = pd.read_csv(io.StringIO('a,b\\n1,2'), chunksize=1)",
    "import pandas as pd\nmade = pd.DataFrame({'a': [1]}).iterrows()",
    "from pathlib import Path\nmade = Path('/').iterdir()",
]
LASTING = [
    "import re\nmade = re.findall('a', 'abaa')",
    "import itertools\nmade = list(itertools.product([1, 2], [3, 4]))",
    "import io\nimport pandas as pd\nmade = pd.read_csv(io.StringIO('a,b\\n1,2'))",
    "import pandas as pd\nmade = pd.DataFrame({'a': [1]}).product()",
    "import pandas as pd\nmade = pd.DataFrame({'a': [1]}).groupby('a')",
    "import numpy as np\nmade = np.repeat([1], 3)",
    "def count(text):\n    return [text]\nmade = count('a')",
]

CASES = [
    *[
        Case(
            f"used up: {code}",
            [code, "print(len(list(made)))"],
            rerun(1),
            "repeated-run c1",
            "0>1 made",
        )
        for code in USED_UP
    ],
    *[
        Case(f"lasting: {code}", [code, "print(len(list(made)))"], rerun(1), "", "0>1 made")
        for code in LASTING
    ],
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
