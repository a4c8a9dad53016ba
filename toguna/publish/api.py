"""The public door of the room `publish`: texts compiled, built, issued, and what is made of editions."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.publish.build import FORMATS, Built, Compiled, Desk, build, build_all, compile_text
    from toguna.publish.editions import built_from, list_editions
    from toguna.publish.exporting import export_published
    from toguna.publish.instance_figures import instance_desk
    from toguna.publish.issuing import Nature, issue, rebuild
    from toguna.publish.products.making import make_all_products, make_products
    from toguna.publish.texts import draft_text, replace_source
    from toguna.publish.word.bring import bring_docx, write_changes

__all__ = [
    "FORMATS",
    "Built",
    "Compiled",
    "Desk",
    "Nature",
    "bring_docx",
    "build",
    "build_all",
    "built_from",
    "compile_text",
    "draft_text",
    "export_published",
    "instance_desk",
    "issue",
    "list_editions",
    "make_all_products",
    "make_products",
    "rebuild",
    "replace_source",
    "write_changes",
]

__getattr__ = door(__name__, __file__)
