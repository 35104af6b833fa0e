# feature: a call with the wrong arguments, caught and uncaught
def area(width, height):
    return width * height


try:
    area(1)
except TypeError as error:
    message = str(error)
print(message)
area(1, 2, 3)
