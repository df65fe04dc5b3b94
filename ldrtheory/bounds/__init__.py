"""What a structured class costs, can shatter and can approximate.

derived         degrees, operations, sparsity, rounding depth of a class; closed_forms holds them at size
dimension       the generic dimension of a class, with certificates
approximation   universal approximation as far as a program can decide it, and what is cited beyond
"""
