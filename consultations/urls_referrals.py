"""Addresses of referrals, under /service/referrals/."""

from django.urls import path

from consultations.views import referrals

app_name = "referrals"
urlpatterns = [
    path("", referrals.referral_list_page, name="list"),
    path("new/<int:pk>/", referrals.referral_new, name="new"),
    path("<int:pk>/", referrals.referral_page, name="referral"),
    path("<int:pk>/take/", referrals.referral_taking, name="take"),
    path("<int:pk>/release/", referrals.referral_putting_back, name="release"),
    path("<int:pk>/answer/", referrals.referral_answering, name="answer"),
    path("<int:pk>/reopen/", referrals.referral_back, name="reopen"),
    path("<int:pk>/withdraw/", referrals.referral_taking_back, name="withdraw"),
    path("<int:pk>/noted/", referrals.referral_noting, name="noted"),
]
