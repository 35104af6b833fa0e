# feature: if, elif, else and conditional expressions; conditions that call and assign
def grade(score):
    if score > 90:
        letter = "A"
    elif (rounded := round(score, -1)) == 80:
        letter = "B"
    elif check(score):
        letter = "C"
    else:
        letter = "D"
    note = "good" if score > 50 else "bad"
    return letter, note, score and "some" or "none"


def check(score):
    limit = 60
    return score >= limit


assert [grade(s)[0] for s in (95, 82, 61, 10)] == ["A", "B", "C", "D"]
