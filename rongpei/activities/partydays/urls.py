"""Addresses of meetings."""

from django.urls import path

from rongpei.activities.partydays.web import attendance, lists, places, plan, record, signin

app_name = "partydays"
urlpatterns = [
    path("", lists.meetings, name="meetings"),
    path("new/", plan.new_meeting, name="new"),
    path("<int:pk>/", record.meeting_page, name="meeting"),
    path("open/", places.open_meetings, name="open"),
    path("<int:pk>/plan/", plan.change_plan, name="change"),
    path("<int:pk>/places/", places.places, name="places"),
    path("<int:pk>/places/<int:sitting_pk>/take/", places.take_place, name="take-place"),
    path("<int:pk>/places/<int:registration_pk>/give-back/", places.give_back, name="give-back"),
    path("<int:pk>/leave/", attendance.leave, name="leave"),
    path("<int:pk>/observers/", attendance.observers, name="observers"),
    path("<int:pk>/guests/", attendance.guests, name="guests"),
    path("<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("<int:pk>/attendance/phone/", attendance.offline, name="offline"),
    path("<int:pk>/attendance/phone/hand-over/", attendance.hand_over, name="hand-over"),
    path("<int:pk>/minutes/", record.minutes, name="minutes"),
    path("<int:pk>/confirm/", record.confirm, name="confirm"),
    path("<int:pk>/reopen/", record.reopen, name="reopen"),
    path("<int:pk>/cancel/", record.cancel, name="cancel"),
    path("<int:pk>/screen/<int:sitting_pk>/", signin.screen, name="screen"),
    path("<int:pk>/screen/<int:sitting_pk>/code/", signin.screen_code, name="screen-code"),
    path("sign-in/", signin.spoken, name="spoken"),
    path("s/<str:code>/", signin.scanned, name="scanned"),
]
