"""Answers for people: tables for the terminal, pages for the browser.

terminal    show, show_theorems
page        write_html
"""

from ldrtheory.report.terminal import show, show_theorems

__all__ = ["show", "show_theorems"]
