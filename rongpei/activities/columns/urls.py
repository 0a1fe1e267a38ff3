"""Addresses of the portal: `read/` for readers, `desk/` for those who write, edit and moderate."""

from django.urls import path, re_path

from rongpei.activities.columns.web import (
    article,
    desk,
    editor,
    feeds,
    files,
    front,
    keeping,
    moderation,
    talking,
    workbench,
)

app_name = "columns"
_VERBS = "submit|take-back|return|edit|approve|withdraw|reopen"

urlpatterns = [
    path("read/", front.home, name="home"),
    path("read/search/", front.search, name="search"),
    path("read/mine/", talking.mine, name="mine"),
    path("read/feed/", feeds.feed, name="feed"),
    path("read/api/articles/", feeds.articles_json, name="articles-json"),
    path("read/api/articles/<int:pk>/", feeds.article_json, name="article-json"),
    path("read/columns/<int:pk>/", front.column_page, name="column"),
    path("read/columns/<int:pk>/feed/", feeds.feed, name="column-feed"),
    path("read/columns/<int:pk>/subscribe/", talking.subscribe, name="subscribe"),
    path("read/invited/<str:token>/", keeping.invited, name="invited"),
    path("read/<int:pk>/", article.article_page, name="article"),
    path("read/<int:pk>/files/<int:file_pk>/", files.file, name="file"),
    path("read/<int:pk>/mark/", talking.mark, name="mark"),
    path("read/<int:pk>/comment/", talking.post, name="comment"),
    path("read/<int:pk>/comments/", article.comments, name="comments"),
    path("read/<int:pk>/comments/<int:comment_pk>/replies/", article.replies, name="replies"),
    path("read/<int:pk>/comments/<int:comment_pk>/like/", talking.like_comment, name="like-comment"),
    path("read/<int:pk>/comments/<int:comment_pk>/report/", talking.report, name="report"),
    path("read/<int:pk>/comments/<int:comment_pk>/take-back/", talking.take_back, name="take-back"),
    path("desk/", desk.articles, name="desk"),
    path("desk/begin/", desk.begin, name="begin"),
    path("desk/<int:pk>/", workbench.work, name="work"),
    re_path(rf"^desk/(?P<pk>\d+)/(?P<verb>{_VERBS})/$", workbench.step, name="step"),
    path("desk/<int:pk>/write/", editor.edit, name="edit"),
    path("desk/<int:pk>/keep/", editor.keep, name="keep-typed"),
    path("desk/<int:pk>/drop/", editor.drop_typed, name="drop-typed"),
    path("desk/<int:pk>/files/", editor.upload, name="upload"),
    path("desk/<int:pk>/files/<int:file_pk>/remove/", editor.remove, name="remove-file"),
    path("desk/<int:pk>/revisions/", editor.revisions, name="revisions"),
    path("desk/<int:pk>/revisions/<int:revision>/restore/", editor.restore, name="restore"),
    path("desk/columns/", keeping.columns, name="columns"),
    path("desk/columns/found/", keeping.found, name="found"),
    path("desk/columns/<int:pk>/", keeping.keep, name="keep"),
    path("desk/columns/<int:pk>/close/", keeping.close, name="close"),
    path("desk/columns/<int:pk>/editors/", keeping.editors, name="editors"),
    path("desk/columns/<int:pk>/invite/", keeping.invite, name="invite"),
    path("desk/invitations/<int:pk>/withdraw/", keeping.uninvite, name="uninvite"),
    path("desk/comments/", moderation.queue, name="queue"),
    path("desk/comments/show/", moderation.show_many, name="show-many"),
    path("desk/comments/<int:pk>/", moderation.judge, name="judge"),
    path("desk/words/", moderation.words, name="words"),
    path("desk/words/<int:pk>/remove/", moderation.remove_word, name="remove-word"),
]
