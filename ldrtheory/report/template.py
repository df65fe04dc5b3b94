"""Pages from templates: one environment, everything from outside escaped, nothing undefined passed over.

rendered        a template of this folder with its values, as text
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def rendered(template: str, values: dict[str, Any]) -> str:
    """Return the page; names and words in `values` are escaped, markupsafe.Markup is not."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(values)
