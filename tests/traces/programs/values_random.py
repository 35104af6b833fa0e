# feature: random with a seed, sets of letters and hashes
import random

random.seed(7)
rolls = [random.randint(1, 6) for _ in range(4)]
random.shuffle(rolls)
generator = random.Random(3)
picked = generator.choice("abc")
letters = set("hello")
order = "".join(letters)
digest = hash("hello") == hash("hello")
table = {letter: n for n, letter in enumerate(sorted(letters))}
assert len(rolls) == 4
