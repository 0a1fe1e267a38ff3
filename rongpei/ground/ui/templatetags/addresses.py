"""`{% url %}` from the cache of addresses: a page holds dozens, and Django works each out anew."""

from typing import Any

from django import template
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.utils.html import conditional_escape

from rongpei.ground.ui.addresses import address

register = template.Library()


class _Address(defaulttags.URLNode):
    """Django's own node; a name alone, or with one number, is looked up."""

    def render(self, context: Context) -> str:
        found = self._known(context)
        if found is None:
            return super().render(context)
        return conditional_escape(found) if context.autoescape else found

    def _known(self, context: Context) -> str | None:
        if self.asvar or self.kwargs or len(self.args) > 1:
            return None
        number: Any = self.args[0].resolve(context) if self.args else None
        if self.args and type(number) is not int:
            return None
        return address(self.view_name.resolve(context), number)


@register.tag
def url(parser: Parser, token: Token) -> _Address:
    """As Django's."""
    node = defaulttags.url(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)
