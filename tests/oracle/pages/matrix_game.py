# ruff: noqa
# %%
SIZE = 4
board = [[0] * SIZE for _ in range(SIZE)]


# %%
def place(board, spot, mark=1):
    across, down = spot
    board[down][across] = mark
    return board


# %%
def show(board):
    print("\n".join("".join(".#o"[one] for one in row) for row in board))


# %%
place(board, (1, 2))
place(board, (0, 0), mark=2)
show(board)
# %%
snapshot = [row[:] for row in board]
shallow = list(board)
# %%
shallow[3][3] = 1
board[0].reverse()
# %%
show(board)
# %%
show(snapshot)
# %%
marks = {(x, y): one for y, row in enumerate(board) for x, one in enumerate(row) if one}
marks


# %%
def neighbours(spot):
    x, y = spot
    return [
        (x + i, y + j)
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if (i or j) and inside((x + i, y + j))
    ]


# %%
def inside(spot):
    return all(0 <= one < SIZE for one in spot)


# %%
len(neighbours((0, 0))), len(neighbours((1, 1)))
# %%
first_row, *other_rows = board
first_row[1] = 1
# %%
sum(sum(row) for row in board)
# %%
moves = [(2, 2), (3, 0)]
while moves:
    place(board, moves.pop())
len(moves)
# %%
show(board)
# %% [raw]
# snippets:
# board[1][1] = 2
#
# SIZE = 5
#
# moves = [(1, 1)]
#
# snapshot = board
#
# place(board, (2, 0))
