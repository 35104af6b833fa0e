# feature: a program that never ends and changes nothing
done = False
while not done:
    pass
