"""`{% url %}` and `{% static %}` from a cache: a page holds dozens, and Django works each out anew."""

from typing import Any

from django import template
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from rongpei.ground.ui.addresses import address

register = template.Library()


class _Address(defaulttags.URLNode):
    """Django's own node; a name alone, or with one number, is looked up."""

    def render(self, context: Context) -> str:
        found = self._known(context)
        if found is None:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found

    def _known(self, context: Context) -> str | None:
        if self.kwargs or len(self.args) > 1:
            return None
        number: Any = self.args[0].resolve(context) if self.args else None
        if self.args and type(number) is not int:
            return None
        try:
            return address(self.view_name.resolve(context), number)
        except NoReverseMatch:  # Django's own says so, or gives nothing where the template allows it
            return None


@register.tag
def url(parser: Parser, token: Token) -> _Address:
    """As Django's."""
    node = defaulttags.url(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


class _File(StaticNode):
    """Django's own node; the address of a file named in the template is kept."""

    def __init__(self, node: StaticNode) -> None:
        super().__init__(node.varname, node.path)
        self.fixed = node.varname is None and not node.path.is_var
        self.kept: str | None = None

    def render(self, context: Context) -> str:
        if not self.fixed:
            return super().render(context)
        if self.kept is None:
            self.kept = super().render(context)
        return self.kept


@register.tag
def static(parser: Parser, token: Token) -> _File:
    """As Django's."""
    return _File(StaticNode.handle_token(parser, token))
