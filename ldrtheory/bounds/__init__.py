"""What a structured class costs, can shatter and can approximate.

approximation   universal approximation as far as a program can decide it, and what is cited beyond
"""
