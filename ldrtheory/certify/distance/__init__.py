"""Two-sided proofs about the distance of a matrix to a displacement class.

numerical       numerical_rank: the rank within a tolerance
of_class        class_distance: the Frobenius distance to the class
separation      bounds on the singular values of a displacement operator, by rules with proofs
residual, entries, spectrum, deflated       the exact residual and its singular values, guessed
evidence, numbers                           the integers that prove a bound
"""
