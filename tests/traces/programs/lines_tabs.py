# feature: tabs as indentation
def walk(items):
	total = 0
	for item in items:
		if item:
			total += item	
		else:
			pass
	return	total


assert	walk([1, 0, 2])	== 3
