"""Pages of reintegration: one overview per case, plan, visits, facts, closure, decisions."""

from __future__ import annotations

from casework.access.permissions import Permission
from casework.cases.views.links import add_tab, link_record
from casework.errors import n_
from casework.reintegration.views import assessing, befell, closing, outcomes, overview, papers, plans, trips, visits
from casework.reintegration.views.blueprint import bp

__all__ = ["assessing", "befell", "bp", "closing", "outcomes", "overview", "papers", "plans", "trips", "visits"]

add_tab(60, n_("Reintegration"), "reintegration.page", Permission.CASE_SEE, "needs_risk")
link_record("follow_up", "reintegration.new_record_visit", "visit_id")
link_record("follow_ups_planned", "reintegration.page")
link_record("follow_up_done", "reintegration.page")
link_record("follow_up_missed", "reintegration.page")
link_record("plan", "reintegration.plan", "plan_id")
link_record("reintegration_stage", "reintegration.page")
link_record("contact_attempt", "reintegration.page")
link_record("closure", "reintegration.page")
link_record("assessment", "reintegration.assessment", "assessment_id")
link_record("safety_plan", "reintegration.page")
link_record("promise", "reintegration.new_settle_promise", "promise_id")
link_record("staff_threat", "reintegration.page")
link_record("visit_watch", "reintegration.page")
