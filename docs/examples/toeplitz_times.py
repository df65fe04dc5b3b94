from ldrtheory.hunting import conjecture, product, rank, square, toeplitz


@conjecture(T=toeplitz(), X=square())
def toeplitz_times_anything(T, X):
    """Multiplying by a Toeplitz matrix adds at most 1 to the displacement rank."""
    return rank(product(T, X)) <= rank(X) + 1
