"""What a structured class costs, can shatter and can approximate.

derived         degrees, operations, sparsity, rounding depth of a class; closed_forms holds them at size
dimension       the generic dimension of a class, with certificates
approximation   universal approximation as far as a program can decide it, and what is cited beyond
activations, layers, network, from_torch    a planned network
architecture    the same in TOML; toml_lines says where things stand in it
vc              the VC dimension of a network from both sides, with certificates
samples         how many samples suffice, and how many are needed
overview        all of it for one network; variants are networks like it with one size changed
"""
