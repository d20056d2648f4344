"""How far a misspelt word may be from the right one."""


def allowed_edits(word: str) -> int:
    """None for words up to three letters, one up to seven, two for longer ones."""
    if len(word) <= 3:
        return 0
    return 1 if len(word) <= 7 else 2


def within_edits(one: str, other: str, limit: int) -> bool:
    """Whether `limit` insertions, deletions, changes or swaps of neighbours lead from one to the other."""
    if abs(len(one) - len(other)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if earlier and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
    return row[-1] <= limit
