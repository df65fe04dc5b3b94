"""Answers for people: tables for the terminal, pages for the browser.

terminal    show, show_check, show_theorems
page        write_html, html_page
numbers     the floating-point shadow of exact matrices
pictures    heat maps and spectra as SVG
"""
