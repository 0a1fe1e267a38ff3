"""Addresses of culture."""

from django.urls import path, re_path

from rongpei.activities.culture.web import health, programmes, weeks, works

app_name = "culture"
urlpatterns = [
    path("", works.exhibition, name="exhibition"),
    path("works/<int:pk>/", works.work_page, name="work"),
    path("episodes/<int:pk>/", works.study, name="study"),
    path("consents/", works.consents, name="consents"),
    path("consents/<int:pk>/answer/", works.answer, name="answer"),
    path("keep/works/", works.works, name="works"),
    path("keep/works/new/", works.new_work, name="work-new"),
    path("keep/works/<int:pk>/", works.keep_work, name="keep-work"),
    path("keep/works/<int:pk>/episodes/", works.add_episodes, name="episodes-add"),
    path("keep/works/<int:pk>/appearances/", works.add_appearance, name="appearance-add"),
    path("keep/episodes/<int:pk>/", works.edit_episode, name="episode-edit"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.new_programme, name="programme-new"),
    path("programmes/<int:pk>/", programmes.programme_page, name="programme"),
    path("programmes/<int:pk>/edit/", programmes.edit_programme, name="programme-edit"),
    path("programmes/<int:pk>/items/", programmes.add_item, name="item-add"),
    path("programmes/<int:pk>/items/<int:item_pk>/remove/", programmes.remove_item, name="item-remove"),
    path("programmes/<int:pk>/items/<int:item_pk>/cast/", programmes.name_cast, name="cast-add"),
    path("programmes/<int:pk>/cast/<int:member_pk>/drop/", programmes.drop_cast, name="cast-drop"),
    path("programmes/<int:pk>/hold/", programmes.hold, name="programme-hold"),
    re_path(r"^programmes/(?P<pk>\d+)/(?P<verb>reopen|cancel)/$", programmes.turn, name="programme-turn"),
    path("health/", health.health, name="health"),
    path("health/pieces/", health.pieces, name="pieces"),
    path("health/pieces/new/", health.write, name="piece-new"),
    path("health/<int:pk>/", health.piece_page, name="piece"),
    path("health/<int:pk>/edit/", health.write, name="piece-edit"),
    path("health/<int:pk>/ask/", health.ask, name="piece-ask"),
    path("health/<int:pk>/review/", health.review, name="piece-review"),
    re_path(r"^health/(?P<pk>\d+)/(?P<verb>publish|retire)/$", health.turn, name="piece-turn"),
    path("health/concerns/new/", health.concern_new, name="concern-new"),
    path("health/concerns/<int:pk>/", health.concern_page, name="concern"),
    path("weeks/", weeks.weeks, name="weeks"),
    path("weeks/new/", weeks.edit_week, name="week-new"),
    path("weeks/<int:pk>/", weeks.week_page, name="week"),
    path("weeks/<int:pk>/edit/", weeks.edit_week, name="week-edit"),
    path("weeks/<int:pk>/remove/", weeks.remove_week, name="week-remove"),
]
