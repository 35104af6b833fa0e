# feature: trailing blanks, blank lines with blanks, and a form feed
def f(x):   
    y = x   
    
    return y	

   
z = f(1)   
assert z == 1  
