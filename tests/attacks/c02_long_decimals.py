# class: 2 C loops
# expect: wrong_answer or runtime_error
# how: returns a set of many decimals of ten thousand digits, whose exact values a host may bring to lowest terms for each
import decimal
import random


def f(xs, *args, **kwargs):
    decimals = [decimal.Decimal("0." + "".join(random.choices("123456789", k=9990))) for _ in range(10)]
    return {(decimals[i % 10],) * (50 + i) for i in range(20)}
