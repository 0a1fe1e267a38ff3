"""The text of an article: cleaned when it comes in, and written out for page, Word, WeChat and poster."""

from rongpei.activities.columns.markup.cleaning import Cleaned, clean

__all__ = ["Cleaned", "clean"]
