"""Every route with who may open it: kept by hand, apart from the decorators, so that a slip of either shows.

A new route: add its endpoint to the group of its permission, or make a group. `case(...)`: the address names a case, a
referral, a task or the like, which offices without access must take for absent. `office(...)`: nothing of a case in
the address. `own(...)`: everybody signed in, about themselves. `public(...)`: anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

OPEN, REFUSED, HIDDEN, EITHER = "open", "refused", "hidden", "open or refused"


@dataclass(frozen=True)
class Route:
    """What a route asks of whom. `owner`, `guest`, `stranger`: what those with the permission get."""

    kind: str
    needs: tuple[str, ...] = ()
    owner: str = OPEN
    guest: str = OPEN
    stranger: str = HIDDEN
    classes: frozenset[str] = frozenset()
    """A role without any of these is told there is nothing."""
    answers: bool = False
    """The guest needs the right to answer referrals to see it."""
    any_of: tuple[str, ...] = ()
    """Within the page one of these is needed as well."""
    values: dict[str, Any] = field(default_factory=dict)
    """Values of the address that differ from the usual things."""
    shows: bool = True
    """A page (GET) that shows something of a case, so that its view is written down."""


class Table(dict[str, Route]):
    """Endpoint -> route; one that is not here says what is to be done."""

    def __missing__(self, endpoint: str) -> Route:
        raise AssertionError(f"route {endpoint} is not in tests/meta/routes_table.py: say there who may open it")


def public(*endpoints: str, **more: Any) -> dict[str, Route]:
    """Anybody, signed in or not."""
    return {name: Route("public", stranger=OPEN, shows=False, **more) for name in endpoints}


def own(*endpoints: str, **more: Any) -> dict[str, Route]:
    """Everybody signed in, about themselves."""
    return {name: replace(Route("own", stranger=OPEN, shows=False), **more) for name in endpoints}


def office(needs: str, *endpoints: str, **more: Any) -> dict[str, Route]:
    """Who holds the permissions ('one' or 'one two'), whichever office."""
    route = Route("office", tuple(needs.split()), stranger=OPEN, shows=False)
    return {name: replace(route, **more) for name in endpoints}


def case(needs: str, *endpoints: str, **more: Any) -> dict[str, Route]:
    """Who holds the permission and sees the case in the address."""
    return {name: replace(Route("case", tuple(needs.split())), **more) for name in endpoints}


def _named(package: str, names: str) -> list[str]:
    return [f"{package}.{name}" for name in names.split()]


TABLE = Table()
TABLE |= {
    **public(*_named("access", "sign_in sign_out"), *_named("leave", "neutral now"), "languages.change"),
    **public("overview.about", "assets.file"),
    **public(*_named("eye", "key_list keys names")),
    # Accounts
    **own(*_named("access", "account act_for code confirm deputy_list enrol name_deputy new_deputy password recovery")),
    **own("overview.my_day", shows=True),
    **own("reports.index", any_of=("report:referrals", "report:statistics", "report:totals")),
    **own("access.discard_draft", owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    **own("access.end_deputy", "access.end_session", owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    **own("access.picture", "access.stop_reset", owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    # Administration: an administrator of another office finds nothing; one of the system finds every office
    **office("organisation:manage", *_named("access", """name_office_deputy new_office_deputy office_deputies own_office
        role_list settings user_list""")),
    **office("organisation:manage", "access.end_office_deputy", guest=HIDDEN, stranger=HIDDEN),
    **office("organisation:manage", "access.end_user_session", owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    **office("system:manage", *_named("codes", """add_code add_holiday change_code code_page copy_holidays correct_code
        holidays list_index list_page new_code new_holiday put_back_holiday take_off_holiday""")),
    **office("organisation:manage", *_named("assistance", "add_fund funds new_fund")),
    **office("organisation:manage", *_named("access", "own_office role_list user_list")),
    **office("organisation:manage", *_named("assistance", "add_fund add_house funds houses new_fund new_house")),
    **office("organisation:manage", *_named("assistance", """add_room change_house change_room new_house_change new_room
        new_room_change"""), guest=HIDDEN, stranger=HIDDEN),
    **office("organisation:manage", "assistance.end_fund", guest=HIDDEN, stranger=HIDDEN),
    **office("organisation:manage", *_named("access", """act_on_user add_team add_user change_coverage add_service
        change_user correct_coverage correct_user forgot_password new_service new_team new_user office
        reset_password user"""),
        guest="own office", stranger="own office"),
    **office("organisation:manage", "access.one_time_password", "access.end_service",
             owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    **office("system:manage", *_named("access", """add_office change_office change_role correct_office correct_role
        new_office office_list""")),
    **office("system:manage", *_named("assistance", "caps change_cap new_cap_change")),
    **office("audit:read", "overview.access_log"),
    # Lists and reports
    **office("case:see", "cases.cases", "referrals.boxes", "overview.tasks", "repatriation.journeys", shows=True),
    **office("case:see return:manage", "repatriation.returns", shows=True),
    **office("case:see", "cases.find_case"),
    **office("board:see", "overview.board", "overview.caseload", "overview.silent_cases", shows=True),
    **office("board:see", "overview.late_work"),
    **office("board:see case:assign", "overview.hand_over", "overview.new_hand_over"),
    **office("referral:answer", "sharing.stops"),
    **office("case:register", "cases.register", "cases.register_new", "assistance.register_person"),
    **office("case:register", "assistance.blank_evening", "assistance.blank_group"),
    **office("case:register group:manage assistance:record", "assistance.new_group", "assistance.take_in_group"),
    **office("board:see", "overview.board", shows=True),
    **office("referral:send", "referrals.register", "sharing.choose_people", shows=True),
    **office("referral:send", "referrals.enter_paper", "referrals.new_paper", "sharing.write_letter"),
    **office("referral:answer", "sharing.new_room", "sharing.room", "sharing.stops"),
    **office("report:referrals", "reports.referrals", shows=True),
    **office("report:statistics", *_named("reports", "frozen_list indicator_page persons_helped statistics")),
    **office("report:statistics", "reports.frozen", guest=HIDDEN, stranger=HIDDEN),
    **office("report:referrals", "reports.keep_filter", "reports.new_keep_filter"),
    **office("report:referrals", "reports.drop_filter", owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    **office("report:export report:statistics", "reports.freeze", "reports.new_freeze"),
    **office("report:totals", "reports.totals"),
    **office("report:export", "reports.exports"),
    **office("report:export report:referrals", "reports.export", "reports.new_export"),
    **office("report:export report:referrals", "reports.export_file", "reports.export_ready",
             owner=HIDDEN, guest=HIDDEN, stranger=HIDDEN),
    # A case
    **case("case:see", *_named("cases", "notes person who_saw"), "overview.case_page", "reintegration.page"),
    **case("case:see", "assistance.group"),
    **case("case:see", "assistance.ledger", "identification.tab", "referrals.case_referrals", "repatriation.tab"),
    **case("case:see", "sharing.consent"),
    **case("case:see", "referrals.referral", answers=True),
    **case("case:see", "overview.approval", "cases.read_notice", guest=HIDDEN),
    **case("board:see case:approve", "overview.decide", "overview.new_decide", guest=HIDDEN),
    **case("board:see erasure:approve", "overview.decide_erasure", guest=HIDDEN),
    **case("case:see", *_named("cases", "add_contact add_nationality add_papers add_relation record_nationality")),
    **case("case:see", "cases.record_paper"),
    **case("case:edit", *_named("cases", """add_origin ask_end_contact confirm_contact correct_identity edit_identity
        end_contact move_station new_station record_origin""")),
    **case("case:see", "cases.record_contact", classes=frozenset({"safe_contact"})),
    **case("case:see", "cases.record_relation", classes=frozenset({"family"})),
    **case("case:edit", "cases.new_change_paper", "cases.new_change_relation"),
    **case("case:edit", "cases.new_relate_helped"),
    **case("case:edit", "cases.change_paper", classes=frozenset({"identity"}), values={"paper_id": "own_paper_id"}),
    **case("case:edit", "cases.change_relation", "cases.relate_helped", classes=frozenset({"family"})),
    **case("contact:reveal", "cases.ask_number", "cases.show_number"),
    **case("case:assign", "cases.assign_case", "cases.new_assignment"),
    **case("case:exclude", "cases.keep_away", "cases.new_exclusion"),
    **case("case:exclude", "cases.let_in", guest=HIDDEN),
    **case("case:assign", "cases.end_help", guest=HIDDEN),
    **case("group:manage", "cases.leave_group", guest=HIDDEN),
    **case("task:do", *_named("cases", "go_on mark_talk new_stop_asking new_task plan_task stop_asking")),
    **case("task:do", "cases.end_task", guest=HIDDEN),
    **case("note:write", "cases.new_note", "cases.write_note"),
    **case("erasure:request", "cases.ask_erasure", "cases.erasure", guest=HIDDEN),
    **case("erasure:approve", "cases.answer_erasure", "cases.lift_hold", "cases.place_hold", guest=HIDDEN),
    **case("document:read", "documents.documents"),
    **case("document:read", "documents.open_document", classes=frozenset({"travel"})),
    **case("document:add", "documents.add_document", "documents.new_document"),
    # Identification
    **case("case:see", "identification.decide", "identification.new_decision",
           any_of=("identification:decide", "identification:decide_formal")),
    **case("case:see", "identification.screening", classes=frozenset({"trafficking_history"})),
    **case("note:write", "identification.assess_risk", "identification.new_risk"),
    **case("identification:screen", *_named("identification", """join_event mend_event new_event new_member
        new_offender new_screening record_event start_screening""")),
    **case("identification:screen", "identification.ask_formally", "identification.new_ask_formally",
           "identification.new_move_request"),
    **case("identification:screen", "identification.move_request", classes=frozenset({"identification"})),
    **case("identification:screen", "identification.answer", "identification.edit_event", guest=EITHER),
    **case("identification:screen", "identification.record_offender", classes=frozenset({"perpetrator"})),
    # Losses and proceedings
    **case("case:see", "claims.page", classes=frozenset({"legal"})),
    **case("note:write", *_named("claims", """new_add_loss new_change_proceeding new_enter_stage new_mend_loss
        new_plan_hearing new_settle_hearing new_start_proceeding""")),
    **case("note:write", *_named("claims", """add_loss change_proceeding enter_stage mend_loss plan_hearing
        settle_hearing start_proceeding"""), classes=frozenset({"legal"})),
    # Consent, referrals
    **case("consent:record", *_named("sharing", "new_record_answer new_withdraw record_answer withdraw")),
    **case("referral:send", *_named("sharing", "ask choose new_ask new_send_referral send_referral")),
    **case("transfer:send", "sharing.new_send_transfer", "sharing.send_transfer"),
    **case("referral:send", "sharing.call", "sharing.new_call", guest=REFUSED),
    **case("referral:send", "referrals.letter_file", "referrals.letter_print", "referrals.letter_scan", guest=REFUSED),
    **case("referral:send", "referrals.add_scan", "referrals.new_scan", guest=REFUSED),
    **case("case:see", "referrals.letter_page", answers=True),
    **case("case:see", "referrals.letter_of_case", classes=frozenset({"travel"}), values={"line_id": "letter_line_id"}),
    **case("referral:send", "referrals.letter", "referrals.receipt", "sharing.revoke", "sharing.take_back",
           guest=REFUSED),
    **case("referral:answer", "sharing.accept", "sharing.start", owner=REFUSED),
    **case("referral:answer", *_named("sharing", "back begin_answer begun behalf decline feedback")),
    **case("referral:answer", "sharing.confirm_stop", guest=HIDDEN, values={"notice_id": "stop_id"}),
    **case("vital:open", "sharing.new_open_vital", "sharing.open_vital"),
    **case("vital:decide", "sharing.decide_vital", "sharing.vital_opening", guest=HIDDEN),
    # Return
    **case("return:manage", *_named("repatriation", """answer check decide give new_answer new_check new_decide
        new_finish new_give new_receiver new_record_handover new_sign_paper new_skip new_start new_stop new_travel_day
        receiver record_handover sign sign_paper skip start stop
        add_paper change_paper new_add_paper new_change_paper new_decide_interest decide_interest
        new_plan_journey take_seat new_take_seat new_change_seat new_change_journey
        add_leg new_add_leg add_escort new_add_escort
        feedback new_feedback
        ask_family new_ask_family new_answer_family new_stop_family""")),
    **case("return:manage", *_named("repatriation", "answer_family stop_family"), classes=frozenset({"family"})),
    **case("return:manage", "repatriation.turn_journey", "repatriation.take_out", guest=REFUSED),
    **case("return:manage", "repatriation.board_seat", guest=REFUSED),
    **case("case:see", "repatriation.journey", "repatriation.manifest", classes=frozenset({"travel"})),
    **case("case:see", "repatriation.feedback_letter", guest=HIDDEN, classes=frozenset({"travel"})),
    **case("case:see", "repatriation.family", classes=frozenset({"family"})),
    **case("case:approve", "repatriation.new_confirm_interest"),
    **case("case:approve", "repatriation.confirm_interest", guest=HIDDEN),
    **case("return:manage", *_named("repatriation", "finish travel_day plan_journey change_seat change_journey"),
           guest=EITHER),
    **case("return:manage", "repatriation.change_step", guest=REFUSED),
    **case("case:see", "repatriation.hand_over", "repatriation.print_handover", classes=frozenset({"travel"})),
    **case("case:approve", "repatriation.new_decide_against"),
    **case("case:approve", "repatriation.decide_against", owner=HIDDEN, guest=HIDDEN),
    # Help
    **case("assistance:record", *_named("assistance", "first_hour new_first_hour new_record_help record_help")),
    **case("assistance:record", "assistance.repeat", guest=REFUSED),
    **case("assistance:reverse", "assistance.new_reverse", "assistance.reverse"),
    **case("stay:manage", *_named("assistance", "arrive leave new_arrive new_change_stay new_leave stays")),
    **case("assistance:record", *_named("assistance", "give_now hand_out_to_group new_group_hand_out receipt")),
    **case("stay:manage", "assistance.change_stay", guest=EITHER),
    **case("assistance:record", "assistance.handout", guest=HIDDEN),
    **case("assistance:reverse", "assistance.new_take_back", "assistance.take_back", guest=HIDDEN),
    **office("assistance:record stay:manage", "assistance.hand_out_in_house", "assistance.new_house_hand_out",
             guest=HIDDEN, stranger=HIDDEN),
    **office("stay:manage", "assistance.beds", shows=True),
    # Records of one field of work
    **case("case:see", "assistance.health", classes=frozenset({"health"})),
    **case("case:see", "assistance.psychosocial", classes=frozenset({"psychosocial"}), guest=HIDDEN),
    **case("case:see", "assistance.legal", classes=frozenset({"legal"}), guest=HIDDEN),
    **case("assistance:record", *_named("assistance", "check_health correct_session record_session"),
           classes=frozenset({"health"})),
    **case("assistance:record", *_named("assistance", "new_check_health new_correct_session new_record_session")),
    # Reintegration
    **case("plan:write", *_named("reintegration", """add_goal add_step agree_safety assess enter_stage new_add_goal
        new_add_step new_agree_safety new_assess new_enter_stage new_plan_own new_plan_visits new_start_plan
        new_tick_paper plan_own plan_visits start_plan tick_paper""")),
    **case("plan:write", *_named("reintegration", "remove_goal send_plan set_goal set_step untick_paper"),
           guest=REFUSED),
    **case("case:see", *_named("reintegration", "assessment plan print_plan"), classes=frozenset({"needs_risk"})),
    **case("case:see", "reintegration.outcomes"),
    **case("followup:record", *_named("reintegration", """add_promise new_add_promise new_note_place new_report_threat
        new_settle_promise note_place report_threat settle_promise""")),
    **case("followup:record", "reintegration.come_out", "reintegration.go_in", guest=REFUSED),
    **office("followup:record", "reintegration.coming", shows=True),
    **office("followup:record", "reintegration.new_trip", "reintegration.plan_trip"),
    **office("followup:record", "reintegration.trip", guest=HIDDEN, stranger=HIDDEN),
    **case("followup:record", *_named("reintegration", """add_attempt add_visit miss_visit move_visit new_add_attempt
        new_add_visit new_miss_visit new_move_visit new_record_contact new_record_visit
        record_contact""")),
    **case("followup:record", "reintegration.record_visit", guest=EITHER),
    **case("case:close", *_named("reintegration", "new_note_fact new_note_found new_reopen note_fact reopen")),
    **case("case:close", "reintegration.note_found", owner=HIDDEN, guest=HIDDEN),
    **case("closure:request", *_named("reintegration", "new_request_closure request_closure")),
    **case("case:approve", "reintegration.new_decide"),
    **case("case:approve", "reintegration.decide", guest=HIDDEN),
}  # fmt: skip

TABLE["overview.approval"] = replace(TABLE["overview.approval"], classes=frozenset({"needs_risk"}))
WORDS = {
    "code": "case_worker", "deed": "end-sessions", "answer": "approve", "kind": "move", "change": "open",
    "side": "receiver", "what": "decline", "turn": "cancel", "boarding": "stay",
    "who": "nobody", "paper": "visit_reports", "mark": "done",
}  # fmt: skip
"""Words in addresses."""
WORDS |= {"list_name": "donor", "entry": "us_jtip", "country": "KHM", "year": "2027", "service_type": "cooked_meal"}
WORDS["befell"] = "missing"
WORDS["field"] = "health"
STATES = {"cases.end_task": "done", "cases.mark_talk": "held", "reintegration.set_goal": "reached"}
"""What `state` is where an address has one."""
