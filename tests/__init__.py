import gc

# The usual 700 are for programs that make few objects: looking for garbage took an eighth of the time of all tests.
gc.set_threshold(100_000, 10, 10)
