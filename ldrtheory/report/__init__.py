"""Answers for people: tables for the terminal, pages for the browser.

terminal    show, show_check, show_theorems
page        write_html, html_page
numbers     the floating-point shadow of exact matrices
pictures    heat maps and spectra as SVG
kaleidoscope_page   write_build_html, build_page: the page of a build
diagrams, circuits  factors as switches on wires, circuits as layered graphs; show, for notebooks
canvas, template    lines and words as SVG; pages from templates
"""
