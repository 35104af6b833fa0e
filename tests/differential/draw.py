"""The random choices of one task: everything that is drawn comes from its seed and its number, so a task is the same in every run."""

import random


class Draw:
    """Random choices; `Draw(seed, number)` gives the same ones each time."""

    def __init__(self, *key):
        self.random = random.Random("/".join(map(str, key)))

    def below(self, n):
        return self.random.randrange(n)

    def between(self, low, high):
        return self.random.randint(low, high)

    def chance(self, probability):
        return self.random.random() < probability

    def one(self, items):
        return items[self.random.randrange(len(items))]

    def some(self, items, count):
        """`count` of `items`, in their order; all of them where there are fewer."""
        chosen = sorted(self.random.sample(range(len(items)), min(count, len(items))))
        return [items[index] for index in chosen]

    def shuffled(self, items):
        items = list(items)
        self.random.shuffle(items)
        return items

    def weighted(self, pairs):
        """One of `(weight, item)`."""
        return self.random.choices([item for _, item in pairs], [weight for weight, _ in pairs])[0]


class Family:
    """What one kind of task gives: a reference, scripts that test it, and candidates besides the mutants.

    A script is a list of statements; one that begins with `? ` is an expression to check, whose right value is what it has with the
    reference. `others` are `(label, source)`."""

    def __init__(self, reference, scripts, others=(), entry="f", mutate=True, setup=""):
        self.reference = reference
        self.scripts = scripts
        self.others = list(others)
        self.entry = entry
        self.mutate = mutate
        self.setup = setup
