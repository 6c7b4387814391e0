"""The door: addresses of config/urls.py."""

from tests.permissions.row import Row

# fmt: off
ROWS = [
    #                               anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("healthz",                 "200  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("start",                   "302  200   200 200 200 200 200 200  200 200 200 200 200 302 200 200"),
    Row("account_login",           "200  302   302 302 302 302 302 302  302 302 302 302 302 302 302 302"),
    Row("account_inactive",        "200  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("account_logout",          "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("account_logout",          "302  302   302 302 302 302 302 302  302 302 302 302 302 302 302 302", method="post"),
    Row("account_change_password", "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("usersessions_list",       "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("usersessions_list",       "302  302   302 302 302 302 302 302  302 302 302 302 302 302 302 302", method="post"),
]
# fmt: on
