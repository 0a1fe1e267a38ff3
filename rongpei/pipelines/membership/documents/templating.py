"""Checking a Word template and filling it in. A template may name placeholders and repeat a row; it can do nothing else.

Placeholders are written {{姓名}}; a row of a table is repeated by {%tr for 次 in 考察记录 %} … {%tr endfor %}, and
something is left out by {% if 名称 %} … {% endif %}.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rongpei.ground.audit import Refused
from rongpei.pipelines.membership.documents.fields import KNOWN, LISTS, SECRET, TEXTS

BLANK = "　　　　"
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Not,
)  # fmt: skip
_PARTS = ("word/document", "word/header", "word/footer")


class _Empty(Undefined):
    """What has no words yet is left blank, to be written by hand."""

    def __str__(self) -> str:
        return BLANK


@dataclass(frozen=True, slots=True)
class Checked:
    """What a template names: known placeholders, and everything wrong, each as one sentence."""

    fields: tuple[str, ...]
    faults: tuple[str, ...]


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=_Empty)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def check_template(content: bytes, *, secret: bool) -> Checked:
    """Every placeholder of a template, and what is wrong with it. `secret`: whether it is a form of political review.

    Raises Refused when it is no Word file.
    """
    found: set[str] = set()
    faults: list[str] = []
    for tree in _trees(content, faults):
        _walk(tree, (), found, faults, secret=secret)
    known = [name for name in (*TEXTS, *LISTS) if name in found]
    return Checked(tuple(known), tuple(dict.fromkeys(faults)))


def _trees(content: bytes, faults: list[str]) -> Iterator[nodes.Template]:
    """The template in the body, the headers and the footers; anywhere else none may be."""
    try:
        template = DocxTemplate(BytesIO(content))
        template.init_docx()
        sources = [template.patch_xml(template.get_xml())]
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            sources += [
                template.patch_xml(template.get_part_xml(part))
                for _key, part in template.get_headers_footers(uri)
            ]
        with zipfile.ZipFile(BytesIO(content)) as package:
            for name in package.namelist():
                inside = package.read(name) if name.endswith(".xml") and not name.startswith(_PARTS) else b""
                if b"{{" in inside or b"{%" in inside:
                    faults.append(_("占位符只能写在正文、页眉和页脚里，脚注、批注和文件属性里的请删除。"))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refused(_("这不是能打开的 Word 文件。"), remedy=_("请用 docx 格式另存后再上传。")) from error
    for source in sources:
        try:
            yield _environment().parse(source)
        except TemplateError as error:
            faults.append(
                _("占位符的括号不成对，或循环没有结束：%(what)s。") % {"what": str(error.message or "")[:80]}
            )


def _walk(
    node: nodes.Node, lines: tuple[str, ...], found: set[str], faults: list[str], *, secret: bool
) -> None:
    """Collect names and faults; `lines` is what `次` holds here."""
    if not isinstance(node, _ALLOWED):
        faults.append(_("模板里只能用占位符、重复行和条件，不能用计算、函数或筛选。"))
        return
    if isinstance(node, nodes.For):
        _walk_loop(node, found, faults, secret=secret)
        return
    if isinstance(node, nodes.Getattr):
        inner = node.node
        if not (isinstance(inner, nodes.Name) and inner.name == "次" and node.attr in lines):
            name = f"{getattr(inner, 'name', '')}.{node.attr}"
            faults.append(_("不认识的占位符：{{%(name)s}}。") % {"name": name})
        return
    if isinstance(node, nodes.Name):
        _meet(node.name, found, faults, secret=secret)
        return
    for child in node.iter_child_nodes():
        _walk(child, lines, found, faults, secret=secret)


def _walk_loop(node: nodes.For, found: set[str], faults: list[str], *, secret: bool) -> None:
    source, target = node.iter, node.target
    named = (
        isinstance(source, nodes.Name)
        and source.name in LISTS
        and isinstance(target, nodes.Name)
        and target.name == "次"
    )
    if not named or node.test is not None or node.recursive or node.else_:
        known = "、".join(LISTS)
        faults.append(_("重复行应写成 {%%tr for 次 in 名称 %%}，名称是：%(known)s。") % {"known": known})
        return
    assert isinstance(source, nodes.Name)  # noqa: S101 - said just above
    _meet(source.name, found, faults, secret=secret)
    for child in node.body:
        _walk(child, LISTS[source.name], found, faults, secret=secret)


def _meet(name: str, found: set[str], faults: list[str], *, secret: bool) -> None:
    if name not in KNOWN:
        faults.append(_("不认识的占位符：{{%(name)s}}。") % {"name": name})
    elif name in SECRET and not secret:
        faults.append(_("{{%(name)s}}是政审内容，只能用在政审表里。") % {"name": name})
    else:
        found.add(name)


def fill(content: bytes, words: Mapping[str, Any]) -> bytes:
    """The template with its placeholders filled; what is empty stays blank to be written by hand."""
    template = DocxTemplate(BytesIO(content))
    given = {name: value for name, value in words.items() if value != ""}
    template.render(given, jinja_env=_environment(), autoescape=True)
    target = BytesIO()
    template.save(target)
    return target.getvalue()
