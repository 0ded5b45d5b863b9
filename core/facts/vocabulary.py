"""The words of the facts: enumerations with their labels, the likeliest first."""

from __future__ import annotations

from core.i18n import N_

#: where a fact comes from
SOURCES = {
    "customer": N_("the customer said"),
    "visit": N_("seen on a visit"),
    "document": N_("from a document"),
    "registry": N_("from the registry"),
    "warehouse": N_("from the bank's systems"),
    "estimate": N_("an estimate"),
}

ACCOUNT_KINDS = {
    "basic": N_("Basic account"),
    "ordinary": N_("Ordinary account"),
    "deposit": N_("Time deposit"),
    "loan": N_("Loan account"),
    "margin": N_("Margin account"),
    "other": N_("Other account"),
}

#: products of ours, finer than the words of a visit's record
HELD_PRODUCTS = {
    "working_capital": N_("Working capital loan"),
    "fixed_asset": N_("Fixed asset loan"),
    "mortgage_loan": N_("Mortgage loan"),
    "credit_loan": N_("Unsecured loan"),
    "supply_chain": N_("Supply chain loan"),
    "bill_discount": N_("Bill discounting"),
    "acceptance": N_("Bank acceptance"),
    "letter_of_credit": N_("Letter of credit"),
    "guarantee": N_("Letter of guarantee"),
    "factoring": N_("Factoring"),
    "demand_deposit": N_("Demand deposit"),
    "time_deposit": N_("Time deposit"),
    "agreement_deposit": N_("Agreement deposit"),
    "wealth": N_("Wealth management"),
    "settlement": N_("Settlement account"),
    "cash_management": N_("Cash management"),
    "online_banking": N_("Online banking"),
    "payroll": N_("Payroll"),
    "acquiring": N_("Card acquiring"),
    "fx": N_("Foreign exchange"),
    "insurance": N_("Insurance"),
    "other": N_("Other product"),
}

SECURITY = {
    "mortgage": N_("Mortgage"),
    "pledge": N_("Pledge"),
    "guarantee": N_("Guarantor"),
    "unsecured": N_("Unsecured"),
}

#: the five-grade classification of loans
CLASSIFICATIONS = {
    "normal": N_("Normal"),
    "mention": N_("Special mention"),
    "substandard": N_("Substandard"),
    "doubtful": N_("Doubtful"),
    "loss": N_("Loss"),
}

DIRECTIONS = {"supplier": N_("Supplier"), "buyer": N_("Buyer")}

HOLDER_KINDS = {"person": N_("Person"), "firm": N_("Firm")}

PROPERTY_KINDS = {
    "land": N_("Land"),
    "plant": N_("Plant or building"),
    "equipment": N_("Equipment"),
    "vehicle": N_("Vehicle"),
    "patent": N_("Patent or brand"),
    "other": N_("Other property"),
}

SECURITIES = {"share": N_("Shares"), "bond": N_("Bond"), "abs": N_("Asset-backed security")}

KINSHIP = {
    "spouse": N_("Spouse"),
    "child": N_("Child"),
    "parent": N_("Parent"),
    "sibling": N_("Brother or sister"),
    "other": N_("Other relative"),
}

#: from this customer to the other firm: "is the parent of", "guarantees", …
RELATIONS = {
    "subsidiary": N_("Has the subsidiary"),
    "common_control": N_("Under common control with"),
    "guarantees": N_("Guarantees"),
    "mutual": N_("Guarantees each other with"),
    "joint": N_("Guarantees jointly with"),
}

#: everything that ties firms together, as read from the one that told of it
TIES = {**RELATIONS, "owned_by": N_("Owned by"), "family": N_("Family firm")}

CONSENTS = {
    "data_use": N_("Use of data"),
    "credit_report": N_("Credit bureau query"),
    "marketing": N_("Marketing messages"),
    "sharing": N_("Passing data on"),
    "identity": N_("Proof of identity"),
    "recording": N_("Recording of calls"),
}

CONSENT_FORMS = {
    "signed": N_("Signed"),
    "message": N_("By message"),
    "spoken": N_("Spoken"),
}

DOCUMENT_KINDS = {
    "licence": N_("Business licence"),
    "statement": N_("Financial statement"),
    "contract": N_("Contract"),
    "premises": N_("Premises"),
    "card": N_("Business card"),
    "consent": N_("Consent form"),
    "identity": N_("Identity card"),
    "other": N_("Other paper"),
}
