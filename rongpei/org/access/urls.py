"""Addresses of role administration, the audit browser and the holiday table."""

from django.urls import path

from rongpei.org.access.web import grant, holidays, matrix, notice, roles, trail

app_name = "access"
urlpatterns = [
    path("roles/", roles.roles, name="roles"),
    path("roles/offices/", roles.offices, name="offices"),
    path("roles/matrix/", matrix.matrix, name="matrix"),
    path("roles/grant/", grant.choose_person, name="grant"),
    path("roles/grant/<int:person_pk>/", grant.grant, name="grant-to"),
    path("roles/<int:pk>/end/", grant.end, name="end"),
    path("audit/", trail.trail, name="audit"),
    path("audit/<int:pk>/", trail.event_page, name="event"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/new/", holidays.new_day, name="holiday-new"),
    path("holidays/import/", notice.import_notice, name="holiday-import"),
    path("holidays/<int:pk>/", holidays.change_day, name="holiday"),
    path("holidays/<int:pk>/delete/", holidays.delete_day, name="holiday-delete"),
]
