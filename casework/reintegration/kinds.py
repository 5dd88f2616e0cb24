"""The fixed words of assessment, promises, papers of a stage, trips and staying in touch: each key with its label."""

from __future__ import annotations

from casework.errors import n_

NEED_WORDS = {
    "housing": n_("A place to live"),
    "food": n_("Food"),
    "income": n_("Work and income"),
    "debt": n_("Debt"),
    "education": n_("School or training"),
    "health": n_("Health care"),
    "wellbeing": n_("Somebody to talk to"),
    "family": n_("Family and children"),
    "papers": n_("Papers"),
    "legal": n_("Legal help"),
    "safety": n_("Safety"),
}
"""Needs by area of life (docs/domain.md 7)."""
NEED_LEVEL_WORDS = {"none": n_("no need"), "some": n_("some need"), "urgent": n_("urgent")}
LEVEL_WORDS = {
    "individual": n_("The person"),
    "household": n_("The household"),
    "community": n_("The community"),
    "structural": n_("The conditions around"),
}
"""The four levels at which risks and protection are looked at; groups of the list vulnerability."""
PROTECTION = {
    "individual": {
        "knows_whom_to_call": n_("Knows whom to call"),
        "has_skills": n_("Has skills for work"),
        "has_hope": n_("Has plans of their own"),
    },
    "household": {
        "family_welcomes": n_("The family welcomes the person"),
        "somebody_trusted": n_("Somebody trusted at home"),
        "steady_income": n_("A steady income"),
        "own_home": n_("Land or a house of their own"),
    },
    "community": {
        "neighbours_help": n_("Neighbours or friends who help"),
        "school_near": n_("School or training nearby"),
        "commune_helps": n_("The commune committee helps"),
        "faith_group": n_("Pagoda, mosque or church that helps"),
    },
    "structural": {
        "papers_in_order": n_("Papers in order"),
        "equity_card": n_("Has the card for poor households"),
        "lawful_way_to_work": n_("A lawful way to work"),
    },
}
"""What protects, by level."""
PAPER_WORDS = {
    "assessment": n_("Assessment written with the person"),
    "family_assessment": n_("Report on the family and the community"),
    "consent_form": n_("Consent form"),
    "plan_signed": n_("Plan, signed by the person"),
    "referral_letters": n_("Letters of referral"),
    "handover_minutes": n_("Minutes of the hand-over to family or community"),
    "reintegration_agreement": n_("Agreement of the person and the family"),
    "support_receipts": n_("Receipts of the support given"),
    "visit_reports": n_("Reports of the visits"),
    "progress_review": n_("Review of the progress"),
    "closing_review": n_("Review before closing"),
    "closing_agreement": n_("Agreement of the person to closing"),
    "archive_list": n_("List of the papers put away"),
}
"""Papers of the stages (data/stage_papers.toml says which stage asks for which)."""
PROMISE_WORDS = {"open": n_("open"), "kept": n_("kept"), "not_kept": n_("not kept")}
BROKEN_REASONS = {
    "no_money": n_("There was no money for it"),
    "refused": n_("Another office said no"),
    "late": n_("It takes longer than we said"),
    "not_possible": n_("It turned out not to be possible"),
    "not_wanted": n_("The person does not want it any more"),
    "our_fault": n_("We did not do it"),
}
"""Why a promise was not kept; none of them is the person's fault."""
STANDING_WORDS = {
    "well": n_("Well, as planned"),
    "worries": n_("Some worries"),
    "danger": n_("In danger"),
}
"""How things stand, answered with one tap; 'in danger' needs words and tells the supervisors."""
THREAT_WORDS = {
    "words": n_("Threatening words"),
    "followed": n_("Followed or watched"),
    "phone": n_("Threats by phone or message"),
    "weapon": n_("A weapon was shown"),
    "blow": n_("Somebody was pushed or hit"),
    "other": n_("Something else"),
}
KIN_WORDS = {
    "told": n_("The family was told"),
    "not_yet": n_("Not yet"),
    "not_safe": n_("Telling them is not safe"),
    "nobody": n_("There is nobody to tell"),
}
FOUND_REASONS = {
    "came_back": n_("The person came back or called"),
    "seen": n_("Somebody we trust saw the person"),
    "authority": n_("An authority found the person"),
    "arrived_after_all": n_("The person arrived after all"),
    "recorded_by_mistake": n_("It was recorded by mistake"),
}
"""Why what was recorded does not stand any more."""
