"""The bank's words: enumerations with their labels.

Codes are English and stored; labels are message ids. The order is the order of the buttons, the
likeliest first.
"""

from __future__ import annotations

from core.i18n import N_

KINDS = {
    "visit": N_("Visit"),
    "call": N_("Call"),
    "wechat": N_("WeChat"),
    "meeting": N_("Meeting"),
    "email": N_("Email"),
    "other": N_("Other contact"),
}

KIND_ICONS = {
    "visit": "🚗",
    "call": "📞",
    "wechat": "💬",
    "meeting": "🤝",
    "email": "✉️",
    "other": "•",
}

OUTCOMES = {
    "interested": N_("Interested"),
    "follow_up": N_("Talk again"),
    "not_interested": N_("Not interested"),
    "no_answer": N_("Nobody reached"),
    "done": N_("Done, signed"),
    "complaint": N_("Complaint"),
}

PRODUCTS = {
    "loan": N_("Loan"),
    "deposit": N_("Deposit"),
    "guarantee": N_("Guarantee"),
    "bill_discount": N_("Bill discounting"),
    "wealth": N_("Wealth management"),
    "payroll": N_("Payroll"),
    "settlement": N_("Settlement"),
    "trade_finance": N_("Trade finance"),
    "other": N_("Other product"),
}

ROLES = {
    "telecaller": N_("Telecaller"),
    "rm": N_("Relationship manager"),
    "service_desk": N_("Service desk"),
    "team_leader": N_("Team leader"),
    "branch_manager": N_("Branch manager"),
    "head_office": N_("Head office"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}

#: sections of GB/T 4754-2017
INDUSTRIES = {
    "A": N_("Farming, forestry, fishery"),
    "B": N_("Mining"),
    "C": N_("Manufacturing"),
    "D": N_("Power, gas, water"),
    "E": N_("Construction"),
    "F": N_("Wholesale and retail"),
    "G": N_("Transport and storage"),
    "H": N_("Hotels and catering"),
    "I": N_("Information and software"),
    "J": N_("Finance"),
    "K": N_("Real estate"),
    "L": N_("Leasing and business services"),
    "M": N_("Research and technical services"),
    "N": N_("Environment and public facilities"),
    "O": N_("Repair and other services"),
    "P": N_("Education"),
    "Q": N_("Health and social work"),
    "R": N_("Culture, sport, entertainment"),
}

SIZES = {
    "medium": N_("Medium"),
    "small": N_("Small"),
    "micro": N_("Micro"),
    "individual": N_("Sole trader"),
}

STATUSES = {
    "prospect": N_("Prospect"),
    "intent": N_("Intends to join"),
    "active": N_("Active"),
    "dormant": N_("Dormant"),
    "at_risk": N_("At risk"),
    "lost": N_("Lost"),
    "exited": N_("Exited"),
}

CONTACT_ROLES = {
    "decision_maker": N_("Decides"),
    "influencer": N_("Influences"),
    "handler": N_("Handles it"),
}

#: reminder leads in minutes
LEADS = {
    "0": N_("At the time"),
    "15": N_("15 minutes before"),
    "30": N_("30 minutes before"),
    "60": N_("An hour before"),
    "120": N_("Two hours before"),
    "1440": N_("A day before"),
}

#: why something planned is called off; "other" needs a note
CANCEL_REASONS = {
    "customer": N_("Customer asked"),
    "not_needed": N_("No longer needed"),
    "colleague": N_("A colleague did it"),
    "twice": N_("Planned twice"),
    "other": N_("Other reason"),
}

#: what became of a leader's plan, where it is worth a word
LEADER_PLAN = {
    "waiting": N_("not answered yet"),
    "accepted": N_("accepted by the colleague"),
    "countered": N_("another time proposed"),
    "declined": N_("declined by the colleague"),
}

LANGUAGES = {"zh": "中文", "en": "English"}

#: why a customer gets another owner; "other" needs a note
REASSIGN_REASONS = {
    "rm_left": N_("Left the bank"),
    "rm_moved": N_("Other post"),
    "leave": N_("Long leave"),
    "workload": N_("Workload"),
    "territory": N_("Territory"),
    "overdue": N_("Not followed up"),
    "customer_request": N_("Customer asked"),
    "complaint": N_("Complaint"),
    "language_relation": N_("Fits better"),
    "expertise": N_("Expertise"),
    "branch_move": N_("Customer moved"),
    "group_unify": N_("One owner for the group"),
    "conflict": N_("Conflict of interest"),
    "wrong_assign": N_("Wrongly assigned"),
    "other": N_("Other reason"),
}

#: why a customer goes back to the pool; "other" needs a note
POOL_REASONS = {
    "no_progress": N_("No progress"),
    "rejected": N_("Customer declined"),
    "over_capacity": N_("Too many customers"),
    "rm_left": N_("Left the bank"),
    "data_error": N_("Wrong data"),
    "auto_overdue": N_("Untouched too long"),
    "other": N_("Other reason"),
}

#: why a masked number is to be shown; "other" needs a note
REVEAL_REASONS = {
    "call_back": N_("Return a call"),
    "complaint": N_("Complaint"),
    "verify": N_("Check the data"),
    "inquiry": N_("Official inquiry"),
    "other": N_("Other reason"),
}

#: what a second person may do with a customer
COLLABORATION = {
    "write": N_("Works on it (assisting)"),
    "read": N_("Reads only"),
}

UNIT_KINDS = {
    "head_office": N_("Head office"),
    "branch": N_("Branch"),
    "sub_branch": N_("Sub-branch"),
    "team": N_("Team"),
}
