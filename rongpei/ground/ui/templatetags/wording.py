"""`{% translate %}` of fixed words, looked up once: a page holds dozens, and gettext searches its catalogues for each."""

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()


class _Words(i18n.TranslateNode):
    """Django's own node; words without a variable or a filter are kept, by language."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        words = node.filter_expression
        self.fixed = not (words.filters or words.var.lookups or node.message_context or node.asvar)
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        if not self.fixed:
            return super().render(context)
        language = get_language()
        if language not in self.said:
            self.said[language] = super().render(context)
        return self.said[language]


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> _Words:
    """As Django's."""
    return _Words(i18n.do_translate(parser, token))
