"""The nouns of the portal."""

from rongpei.activities.columns.models.articles import (
    Article,
    ArticleFile,
    ArticleText,
    Autosave,
    Column,
    ColumnEditor,
    Revision,
    Step,
)
from rongpei.activities.columns.models.comments import (
    Comment,
    CommentLike,
    CommentReport,
    SensitiveWord,
    Tally,
)
from rongpei.activities.columns.models.readers import (
    Invitation,
    Mark,
    Penname,
    ReadCount,
    Subscription,
    Writing,
)

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleText",
    "Autosave",
    "Column",
    "ColumnEditor",
    "Comment",
    "CommentLike",
    "CommentReport",
    "Invitation",
    "Mark",
    "Penname",
    "ReadCount",
    "Revision",
    "SensitiveWord",
    "Step",
    "Subscription",
    "Tally",
    "Writing",
]
