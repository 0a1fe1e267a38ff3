"""Addresses of meetings."""

from django.urls import path

from rongpei.activities.partydays.web import lists, plan, record, signin

app_name = "partydays"
urlpatterns = [
    path("", lists.meetings, name="meetings"),
    path("new/", plan.new_meeting, name="new"),
    path("<int:pk>/", record.meeting_page, name="meeting"),
    path("<int:pk>/attendance/", record.attendance, name="attendance"),
    path("<int:pk>/minutes/", record.minutes, name="minutes"),
    path("<int:pk>/confirm/", record.confirm, name="confirm"),
    path("<int:pk>/reopen/", record.reopen, name="reopen"),
    path("<int:pk>/cancel/", record.cancel, name="cancel"),
    path("<int:pk>/screen/<int:sitting_pk>/", signin.screen, name="screen"),
    path("<int:pk>/screen/<int:sitting_pk>/code/", signin.screen_code, name="screen-code"),
    path("sign-in/", signin.spoken, name="spoken"),
    path("s/<str:code>/", signin.scanned, name="scanned"),
]
