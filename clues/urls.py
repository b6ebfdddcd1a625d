"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path

from clues.views import answering, clues, disposition, informants, intake, many, secret_clues, verification

app_name = "clues"
urlpatterns = [
    path("", clues.clue_list, name="list"),
    path("new/", intake.register, name="register_clue"),
    path("similar/", intake.similar, name="similar"),
    path("many/assign/", many.assign_clues, name="assign_clues"),
    path("many/label/", many.label_clues, name="label_clues"),
    path("restricted/", secret_clues.secret_clue_list, name="secret_clues"),
    path("restricted/new/", secret_clues.record, name="record_secret_clue"),
    path("restricted/<str:public_id>/", secret_clues.secret_clue, name="secret_clue"),
    path("restricted/<str:public_id>/hand-over/", secret_clues.hand_over, name="hand_over_secret_clue"),
    path("restricted/<str:public_id>/answer/", secret_clues.answer, name="answer_secret_clue"),
    path("<str:public_id>/", clues.detail, name="detail"),
    path("<str:public_id>/receipt/", clues.receipt, name="receipt"),
    path("<str:public_id>/verification-form/", clues.verification_form, name="verification_form"),
    path("<str:public_id>/approval-form/", disposition.approval_form, name="approval_form"),
    path("<str:public_id>/amend/", intake.amend, name="amend_clue"),
    path("<str:public_id>/files/", intake.add_files, name="add_clue_files"),
    path("<str:public_id>/files/<str:file_id>/", intake.describe_file, name="describe_clue_file"),
    path("<str:public_id>/merge/", intake.merge, name="merge_clue"),
    path("<str:public_id>/assign/", verification.assign, name="assign_clue"),
    path("<str:public_id>/label/", many.label_clue, name="label_clue"),
    path("<str:public_id>/verify/", verification.verify, name="verify_clue"),
    path("<str:public_id>/propose/", disposition.propose, name="propose_disposition"),
    path("<str:public_id>/approve/", disposition.approve, name="approve_disposition"),
    path("<str:public_id>/return/", disposition.send_back, name="return_disposition"),
    path("<str:public_id>/withdraw/", disposition.withdraw, name="withdraw_disposition"),
    path("<str:public_id>/receive/", answering.receive, name="receive_handover"),
    path("<str:public_id>/department-answer/", answering.answer, name="answer_handover"),
    path("<str:public_id>/letter/", disposition.letter, name="record_handover_letter"),
    path("<str:public_id>/take-back/", disposition.take_back, name="take_back_handover"),
    path("<str:public_id>/informant/", informants.unmask, name="unmask_informant"),
    path("<str:public_id>/informant/files/<str:file_id>/", informants.open_file, name="open_informant_file"),
    path("<str:public_id>/answer/", informants.answer, name="answer_informant"),
]
