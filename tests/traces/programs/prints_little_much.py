# feature: a loop with many prints that does end
def flood(lines):
    for i in range(lines):
        print("x" * 100, i)
    return lines


assert flood(300) == 300
