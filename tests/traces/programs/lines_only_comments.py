# feature: only comments and blank lines

# nothing to run

