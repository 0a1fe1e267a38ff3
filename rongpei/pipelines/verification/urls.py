"""Addresses of 身份认证: `join/` for those outside, `verify/` for the person, `review/` for reviewers."""

from django.urls import path, re_path

from rongpei.pipelines.verification.web import consents, desk, filling, flow, join, keeping, lists, questions

app_name = "verification"
urlpatterns = [
    path("join/", join.begin, name="join"),
    path("join/code/", join.code, name="join-code"),
    path("join/texts/<slug:kind>/", join.text, name="text"),
    path("verify/", flow.mine, name="mine"),
    path("verify/agreement/", flow.agreement, name="agreement"),
    path("verify/informed/", flow.informed, name="informed"),
    path("verify/record/", flow.record, name="record"),
    path("verify/profile/", filling.profile, name="profile"),
    path("verify/certificate/", filling.certificate, name="certificate"),
    path("verify/certificate/<int:pk>/remove/", filling.remove_picture, name="remove-picture"),
    path("verify/take-back/", flow.take_back, name="take-back"),
    path("verify/last/", filling.last, name="last"),
    path("verify/appeal/", filling.appeal, name="appeal"),
    path("verify/mine/", consents.consents, name="consents"),
    path("verify/withdraw/", consents.withdraw, name="withdraw"),
    path("verify/texts/", keeping.texts, name="texts"),
    path("verify/texts/<slug:kind>/", keeping.publish, name="publish"),
    path("questions/", questions.build_list, name="forms"),
    path("questions/new/", questions.new, name="form-new"),
    path("questions/<int:pk>/", questions.edit, name="form"),
    re_path(r"^questions/(?P<pk>\d+)/(?P<verb>open|close)/$", questions.act, name="form-act"),
    path("questions/<int:pk>/results/", questions.results, name="results"),
    path("questions/<int:pk>/answer/", questions.answer, name="answer"),
    path("review/", desk.desk, name="desk"),
    path("review/claim/", desk.claim_next, name="claim-next"),
    path("review/release/", desk.release_all, name="release-all"),
    path("review/queue/", lists.queue, name="queue"),
    path("review/queue/claim/", desk.claim_many, name="claim-many"),
    path("review/decided/", lists.decided, name="decided"),
    path("review/service/", lists.service, name="service"),
    path("review/templates/", lists.templates, name="templates"),
    path("review/templates/<int:pk>/remove/", lists.remove_template, name="remove-template"),
    path("review/<int:pk>/", desk.case, name="case"),
    path("review/<int:pk>/release/", desk.release, name="release"),
    path("review/<int:pk>/decide/", desk.decide, name="decide"),
]
