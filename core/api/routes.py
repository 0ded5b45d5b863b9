"""ROUTES: everything that is served, area by area. docs/how-to-add-an-endpoint.md says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.api import (
    activities,
    alert_rules,
    alerts,
    assignments,
    consents,
    crossings,
    customers,
    document_content,
    documents,
    exports,
    facts,
    follow_ups,
    grading,
    groups,
    joint_visits,
    keys,
    leader_plans,
    loads,
    me,
    new_customers,
    nicknames,
    organization,
    promises,
    second_officers,
    series,
    staff,
    subscriptions,
    weekly_plans,
    wishes,
)

if TYPE_CHECKING:
    from core.api.route import Route

ROUTES: tuple[Route, ...] = (
    *me.ROUTES,
    *nicknames.ROUTES,
    *new_customers.ROUTES,
    *customers.ROUTES,
    *documents.ROUTES,
    *document_content.ROUTES,
    *consents.ROUTES,
    *exports.ROUTES,
    *facts.ROUTES,
    *groups.ROUTES,
    *grading.ROUTES,
    *crossings.ROUTES,
    *alerts.ROUTES,
    *alert_rules.ROUTES,
    *wishes.ROUTES,
    *activities.ROUTES,
    *follow_ups.ROUTES,
    *series.ROUTES,
    *promises.ROUTES,
    *joint_visits.ROUTES,
    *leader_plans.ROUTES,
    *weekly_plans.ROUTES,
    *second_officers.ROUTES,
    *assignments.ROUTES,
    *organization.ROUTES,
    *staff.ROUTES,
    *keys.ROUTES,
    *loads.ROUTES,
    *subscriptions.ROUTES,
)
