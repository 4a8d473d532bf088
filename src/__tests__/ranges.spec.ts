import { rangesOf } from '../ranges';

const at = (line: number, column: number) => ({ line, column });

describe('rangesOf', () => {
  it.each([
    ['a cursor', [[at(1, 2), at(1, 2)]], []],
    ['a word', [[at(1, 2), at(1, 5)]], [[2, 2]]],
    ['lines', [[at(1, 4), at(3, 1)]], [[2, 4]]],
    ['up to a line’s beginning', [[at(1, 0), at(3, 0)]], [[2, 3]]],
    [
      'several cursors, in any order',
      [
        [at(4, 0), at(5, 3)],
        [at(0, 0), at(1, 3)]
      ],
      [
        [1, 2],
        [5, 6]
      ]
    ],
    [
      'two on one line',
      [
        [at(0, 0), at(1, 3)],
        [at(1, 5), at(2, 1)]
      ],
      [[1, 3]]
    ],
    [
      'neighbours stay two',
      [
        [at(0, 0), at(1, 0)],
        [at(1, 0), at(2, 0)]
      ],
      [
        [1, 1],
        [2, 2]
      ]
    ]
  ])('%s', (_, selected, lines) => {
    const ranges = selected.map(([start, end]) => ({ start, end }));
    expect(rangesOf(ranges)).toEqual(lines);
  });
});
