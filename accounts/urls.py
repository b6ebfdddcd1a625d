"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path, register_converter

from accounts.views import (
    agencies,
    audit,
    books,
    confirming,
    exports,
    files,
    home,
    papers,
    people,
    second_factor,
    signin,
)


class Year:
    """A year that a calendar may be asked for."""

    regex = "20[0-9]{2}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(Year, "year")
app_name = "accounts"
urlpatterns = [
    path("", home.index, name="index"),
    path("me/", home.me, name="me"),
    path("me/sign-ins/<int:pk>/end/", home.end_sign_in, name="end_sign_in"),
    path("sign-in/", signin.sign_in, name="sign_in"),
    path("sign-out/", signin.sign_out, name="sign_out"),
    path("password/", signin.change_password, name="change_password"),
    path("sign-in/code/", second_factor.second_step, name="second_step"),
    path("second-factor/", second_factor.second_factor_page, name="second_factor"),
    path("second-factor/code/", second_factor.turn_on, name="turn_on_second_factor"),
    path("second-factor/off/", second_factor.turn_off, name="turn_off_second_factor"),
    path("people/", people.people_list, name="people"),
    path("people/<str:public_id>/", people.person, name="person"),
    path("people/<str:public_id>/amend/", people.amend_person, name="amend_person"),
    path("people/<str:public_id>/appoint/", people.appoint, name="appoint"),
    path("people/<str:public_id>/postings/<int:pk>/end/", people.end_posting, name="end_posting"),
    path("people/<str:public_id>/password/", people.reset_password, name="reset_password"),
    path(
        "people/<str:public_id>/second-factor/",
        second_factor.reset_second_factor,
        name="reset_second_factor",
    ),
    path("people/<str:public_id>/disable/", people.disable_person, name="disable_person"),
    path("people/<str:public_id>/enable/", people.enable_person, name="enable_person"),
    path("people/<str:public_id>/reassign/", people.reassign_work, name="reassign_work"),
    path("confirmations/", confirming.confirmations, name="confirmations"),
    path("confirmations/<str:public_id>/confirm/", confirming.confirm, name="confirm"),
    path("confirmations/<str:public_id>/refuse/", confirming.refuse, name="refuse"),
    path("confirmations/<str:public_id>/code/", confirming.confirm_by_code, name="confirm_by_code"),
    path("agencies/", agencies.tree, name="agencies"),
    path("agencies/<str:code>/", agencies.agency, name="agency"),
    path("agencies/<str:code>/amend/", agencies.amend_agency, name="amend_agency"),
    path("agencies/<str:code>/open/", agencies.open_agency, name="open_agency"),
    path("agencies/<str:code>/move/", agencies.move_agency, name="move_agency"),
    path("agencies/<str:code>/merge/", agencies.merge_agency, name="merge_agency"),
    path("agencies/<str:code>/add-person/", people.add_person, name="add_person"),
    path("agencies/<str:code>/certificates/", people.import_certificates, name="import_certificates"),
    path("agencies/<str:code>/authorities/", agencies.record_authority, name="record_authority"),
    path("authorities/", agencies.authority_list, name="authorities"),
    path("authorities/<int:pk>/end/", agencies.end_authority, name="end_authority"),
    path("papers/", papers.own_papers, name="own_papers"),
    path("papers/denials/<int:pk>/settle/", papers.settle_denial, name="settle_denial"),
    path("papers/<str:public_id>/", papers.paper, name="paper"),
    path("papers/<str:public_id>/confirm/", papers.confirm_paper, name="confirm_paper"),
    path("papers/<str:public_id>/deny/", papers.deny_paper, name="deny_paper"),
    path("calendar/", books.calendar_now, name="calendar_now"),
    path("calendar/<year:year>/", books.calendar_year, name="calendar"),
    path("calendar/<year:year>/day/", books.amend_calendar, name="amend_calendar"),
    path("calendar/<year:year>/import/", books.import_calendar, name="import_calendar"),
    path("standards/", books.standard_list, name="standards"),
    path("standards/add/", books.record_standard, name="record_standard"),
    path("standards/<int:pk>/", books.amend_standard, name="amend_standard"),
    path("numbers/", books.number_offices, name="number_offices"),
    path("numbers/<str:code>/", books.numbers, name="numbers"),
    path("numbers/<str:code>/start/", books.start_numbers, name="start_numbers"),
    path("numbers/<str:code>/void/", books.void_number, name="void_number"),
    path("audit/", audit.audit, name="audit"),
    path("exports/", exports.export_list, name="exports"),
    path("audit/verify/", audit.verify, name="verify"),
    path("files/staged/", files.stage, name="stage"),
    path("files/<str:public_id>/", files.download, name="file"),
    path("files/<str:public_id>/preview/", files.preview, name="preview"),
    path("files/<str:public_id>/thumbnail/", files.thumbnail, name="thumbnail"),
]
