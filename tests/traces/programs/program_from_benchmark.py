# feature: a typical benchmark program with its check
from typing import List


def below_zero(operations: List[int]) -> bool:
    """ You're given a list of deposit and withdrawal operations on a bank account.
    >>> below_zero([1, 2, 3])
    False
    """
    balance = 0

    for op in operations:
        balance += op
        if balance == 0:
            return True

    return False


def check(candidate):
    assert candidate([]) == False
    assert candidate([1, 2, -3, 1, 2, -3]) == False
    assert candidate([1, 2, -4, 5, 6]) == True


check(below_zero)
