"""SECTIONS: everything that is known of a customer, category by category (D1 to D10 and more).

One line here gives a category its page, its dialogues, its load, its endpoints, its sheet in the
dossier and its trail of changes.
"""

from __future__ import annotations

from core.facts.kinds import (
    AccountNumber,
    Birthday,
    Code,
    Currency,
    Day,
    Flag,
    Money,
    Month,
    Percent,
    Phone,
    Whole,
    Words,
)
from core.facts.section import Field, Section
from core.facts.vocabulary import (
    ACCOUNT_KINDS,
    CLASSIFICATIONS,
    CONSENT_FORMS,
    CONSENTS,
    DIRECTIONS,
    HELD_PRODUCTS,
    HOLDER_KINDS,
    KINSHIP,
    PROPERTY_KINDS,
    RELATIONS,
    SECURITIES,
    SECURITY,
)
from core.i18n import N_
from core.vocabulary import CONTACT_ROLES, INDUSTRIES, SIZES, STATUSES
from storage.models import (
    Account,
    Consent,
    Contact,
    Contribution,
    CreditLine,
    Customer,
    FamilyMember,
    Holding,
    OtherBank,
    Property,
    Relation,
    Security,
    Shareholder,
    Statement,
    TradePartner,
)

_MATURES = Field("matures", N_("Matures"), Day(), ("maturity", "到期", "到期日期"))
_RATE = Field("rate_bp", N_("Rate"), Percent(), ("rate", "年利率"))

BASIC = Section(
    "basic", "🏢", N_("Basic information"), Customer,
    (
        Field("name_zh", N_("Name"), Words(120), needed=True),
        Field("name_en", N_("English name"), Words(160)),
        Field("short_name", N_("Short name"), Words(40)),
        Field("credit_code", N_("Credit code"), AccountNumber()),
        Field("legal_representative", N_("Legal representative"), Words(60)),
        Field("legal_birthday", N_("Their birthday"), Birthday(),
              ("legal representative's birthday", "法定代表人生日", "法人生日"),
              sensitive="contact.birthday"),
        Field("industry", N_("Industry"), Code(INDUSTRIES)),
        Field("size", N_("Size"), Code(SIZES)),
        Field("status", N_("Status"), Code(STATUSES)),
        Field("city", N_("City"), Words(40)),
        Field("address", N_("Address"), Words(200)),
        Field("phone", N_("Telephone"), Phone(), sensitive="customer.phone"),
        Field("capital_fen", N_("Registered capital"), Money()),
        Field("founded", N_("Founded"), Day()),
        Field("licence_expires", N_("Licence expires"), Day()),
    ),
    summary=("legal_representative", "capital_fen", "founded"),
    short=N_("Basics"),
    key=("external_id",), bank_wide_key=True, is_fact=False,
)  # fmt: skip

CONTACTS = Section(
    "contacts", "👥", N_("Contacts"), Contact,
    (
        Field("name", N_("Name"), Words(60), ("contact", "联系人", "联系人姓名"), needed=True),
        Field("name_en", N_("English name"), Words(80)),
        Field("title", N_("Post"), Words(60), ("title",), asked=True),
        Field("phone", N_("Telephone"), Phone(), ("mobile", "手机", "手机号"),
              sensitive="contact.phone", asked=True),
        Field("role", N_("Part in decisions"), Code(CONTACT_ROLES), ("role",), asked=True),
        Field("is_main", N_("Main contact"), Flag(), ("main",)),
        Field("reach", N_("Best reached"), Words(60), ("preferred",)),
        Field("birthday", N_("Birthday"), Birthday(), ("born", "出生日期"),
              sensitive="contact.birthday"),
        Field("identity_number", N_("Identity number"), AccountNumber(), ("id number", "身份证号"),
              sensitive="contact.identity_number"),
    ),
    summary=("name", "title", "role"),
    key=("name",), order=("-is_main", "id"), asks=N_("Who decides about money there?"),
)  # fmt: skip

ACCOUNTS = Section(
    "accounts", "💰", N_("Accounts"), Account,
    (
        Field("number", N_("Account number"), AccountNumber(), ("account", "account no", "账户"),
              needed=True, sensitive="customer.account_number"),
        Field("kind", N_("Type"), Code(ACCOUNT_KINDS), ("account kind", "账户类型")),
        Field("currency", N_("Currency"), Currency()),
        Field("opened", N_("Opened"), Day(), ("开户日期",)),
        Field("closed", N_("Closed"), Day(), ("销户日期",)),
        Field("balance_fen", N_("Balance"), Money(negative=True), ("balance",)),
        Field("month_average_fen", N_("Average this month"), Money(negative=True),
              ("month_average", "月日均")),
        Field("year_average_fen", N_("Average this year"), Money(negative=True),
              ("year_average", "年日均")),
    ),
    summary=("kind", "number", "balance_fen"),
    key=("number",), bank_wide_key=True, order=("kind", "-balance_fen", "id"), by_hand=False,
)  # fmt: skip

HOLDINGS = Section(
    "holdings", "🧺", N_("Products held"), Holding,
    (
        Field("product", N_("Product"), Code(HELD_PRODUCTS), needed=True),
        Field("since", N_("Since"), Day(), ("起始日",)),
        Field("amount_fen", N_("Amount"), Money(), ("amount",), asked=True),
        _MATURES,
    ),
    summary=("product", "amount_fen", "matures"),
    short=N_("Products"),
    key=("product",), order=("-amount_fen", "id"),
    asks=N_("Which of our products do they use?"),
)  # fmt: skip

CREDIT_LINES = Section(
    "credit_lines", "🏦", N_("Credit lines"), CreditLine,
    (
        Field("number", N_("Contract number"), AccountNumber(), ("contract", "合同编号"),
              needed=True, sensitive="customer.account_number"),
        Field("product", N_("Product"), Code(HELD_PRODUCTS)),
        Field("limit_fen", N_("Limit"), Money(), ("limit", "授信额度"), needed=True),
        Field("drawn_fen", N_("Drawn"), Money(), ("drawn", "已用额度", "用信余额")),
        Field("margin_fen", N_("Cash margin"), Money(), ("margin",)),
        _RATE,
        Field("security", N_("Security"), Code(SECURITY)),
        Field("collateral", N_("Collateral"), Words(120)),
        Field("collateral_fen", N_("Value of the collateral"), Money(), ("collateral_value",)),
        _MATURES,
        Field("classification", N_("Classification"), Code(CLASSIFICATIONS), ("五级分类",)),
        Field("overdue_fen", N_("Overdue"), Money(), ("overdue", "逾期金额")),
    ),
    summary=("product", "limit_fen", "drawn_fen", "matures"),
    short=N_("Credit"),
    key=("number",), order=("matures", "id"), by_hand=False,
)  # fmt: skip

CONTRIBUTION = Section(
    "contribution", "📈", N_("Contribution"), Contribution,
    (
        Field("month", N_("Month"), Month(), needed=True),
        Field("deposit_income_fen", N_("From deposits"), Money(negative=True),
              ("deposit_income", "存款收入")),
        Field("loan_income_fen", N_("From loans"), Money(negative=True),
              ("loan_income", "贷款收入")),
        Field("fee_income_fen", N_("From fees"), Money(negative=True), ("fee_income", "中收")),
        Field("cost_fen", N_("Running cost"), Money(), ("cost", "成本")),
        Field("risk_cost_fen", N_("Risk cost"), Money(negative=True), ("risk_cost",)),
    ),
    summary=("month", "deposit_income_fen", "loan_income_fen"),
    short=N_("Income"),
    key=("month",), order=("-month",), by_hand=False,
)  # fmt: skip

OTHER_BANKS = Section(
    "other_banks", "🏛", N_("Other banks"), OtherBank,
    (
        Field("bank", N_("Bank"), Words(60), needed=True),
        Field("product", N_("Product"), Code(HELD_PRODUCTS), asked=True),
        Field("limit_fen", N_("Limit"), Money(), ("limit",)),
        Field("balance_fen", N_("Balance"), Money(), ("balance",), asked=True),
        _RATE,
        Field("matures", N_("Matures"), Day(), ("maturity", "到期", "到期日期"), asked=True),
        Field("guarantor", N_("Guaranteed by"), Words(120)),
    ),
    summary=("bank", "product", "balance_fen", "matures"),
    short=N_("Banks"),
    key=("bank", "product"), order=("matures", "id"),
    asks=N_("Which other bank do they borrow from, and when does it mature?"),
)  # fmt: skip

STATEMENTS = Section(
    "statements", "📊", N_("Financial statements"), Statement,
    (
        Field("period_end", N_("Period end"), Day(), ("period", "报表日期"), needed=True),
        Field("months", N_("Months covered"), Whole(1, 24)),
        Field("revenue_fen", N_("Revenue"), Money(), ("revenue", "营业收入"), asked=True),
        Field("profit_fen", N_("Net profit"), Money(negative=True), ("profit",), asked=True),
        Field("assets_fen", N_("Total assets"), Money(), ("assets",), asked=True),
        Field("current_assets_fen", N_("Current assets"), Money(), ("current_assets",)),
        Field("liabilities_fen", N_("Total liabilities"), Money(), ("liabilities",), asked=True),
        Field("current_liabilities_fen", N_("Current liabilities"), Money(),
              ("current_liabilities",)),
        Field("receivables_fen", N_("Receivables"), Money(), ("receivables",)),
        Field("inventory_fen", N_("Inventory"), Money(), ("inventory",)),
        Field("cash_fen", N_("Cash"), Money(), ("cash",)),
        Field("audited", N_("Audited"), Flag()),
    ),
    summary=("period_end", "revenue_fen", "profit_fen"),
    short=N_("Statements"),
    key=("period_end", "months"), order=("-period_end", "-months"),
    asks=N_("What was their revenue last year?"),
)  # fmt: skip

PARTNERS = Section(
    "partners", "🚚", N_("Suppliers and buyers"), TradePartner,
    (
        Field("direction", N_("Direction"), Code(DIRECTIONS), needed=True),
        Field("name", N_("Partner"), Words(120), needed=True, link="partner_id"),
        Field("share_bp", N_("Share of trade"), Percent(), ("share",), asked=True),
        Field("terms", N_("Terms of payment"), Words(120)),
    ),
    summary=("name", "direction", "share_bp"),
    short=N_("Partners"),
    key=("direction", "name"), order=("direction", "-share_bp", "id"),
    asks=N_("Who is their main supplier, who their main buyer?"),
)  # fmt: skip

SHAREHOLDERS = Section(
    "shareholders", "🧩", N_("Shareholders"), Shareholder,
    (
        Field("name", N_("Shareholder"), Words(120), needed=True, link="holder_id"),
        Field("kind", N_("Type"), Code(HOLDER_KINDS)),
        Field("share_bp", N_("Share"), Percent(), ("share", "持股比例"), asked=True),
        Field("paid_in_fen", N_("Paid in"), Money(), ("paid_in",)),
        Field("controls", N_("Actual controller"), Flag()),
    ),
    summary=("name", "share_bp", "controls"),
    short=N_("Owners"),
    key=("name",), order=("-share_bp", "id"),
    asks=N_("Who owns the firm, and with what share?"),
)  # fmt: skip

PROPERTIES = Section(
    "properties", "🏭", N_("Own property"), Property,
    (
        Field("kind", N_("Type"), Code(PROPERTY_KINDS), needed=True),
        Field("title_number", N_("Title number"), Words(60), needed=True),
        Field("description", N_("Description"), Words(120)),
        Field("value_fen", N_("Value"), Money(), ("value",), asked=True),
        Field("mortgaged_to", N_("Mortgaged to"), Words(120)),
    ),
    summary=("description", "kind", "value_fen", "mortgaged_to"),
    short=N_("Property"),
    key=("kind", "title_number"), order=("-value_fen", "id"),
    asks=N_("Do they own their plant, or rent it?"),
)  # fmt: skip

SECURITIES_ISSUED = Section(
    "securities", "📜", N_("Securities issued"), Security,
    (
        Field("kind", N_("Type"), Code(SECURITIES), needed=True),
        Field("code", N_("Code"), Words(20), needed=True),
        Field("amount_fen", N_("Amount"), Money(), ("amount",)),
        Field("issued", N_("Issued"), Day()),
        _MATURES,
        Field("market", N_("Market"), Words(60)),
    ),
    summary=("code", "kind", "amount_fen"),
    short=N_("Securities"),
    key=("code",), order=("-issued", "id"),
)  # fmt: skip

FAMILY = Section(
    "family", "👪", N_("Family and its firms"), FamilyMember,
    (
        Field("person", N_("Person"), Words(60), needed=True, sensitive="contact.family"),
        Field("kinship", N_("Kinship"), Code(KINSHIP), needed=True, sensitive="contact.family"),
        Field("firm", N_("Firm"), Words(120), link="family_firm_id", asked=True),
        Field("post", N_("Post"), Words(60)),
        Field("guarantee_fen", N_("Guarantees us"), Money(), ("guarantee",)),
    ),
    summary=("firm", "guarantee_fen"),
    short=N_("Family"),
    key=("person", "firm"), order=("id",),
    asks=N_("Does the family run other firms?"),
)  # fmt: skip

RELATED = Section(
    "relations", "🕸", N_("Group and guarantees"), Relation,
    (
        Field("kind", N_("Relation"), Code(RELATIONS), needed=True),
        Field("name", N_("Other firm"), Words(120), ("other", "对方企业"), needed=True,
              link="other_id"),
        Field("amount_fen", N_("Amount"), Money(), ("amount",), asked=True),
    ),
    summary=("kind", "name", "amount_fen"),
    short=N_("Groups"),
    key=("kind", "name"), order=("kind", "id"),
    asks=N_("For whom do they guarantee, and who guarantees for them?"),
)  # fmt: skip

CONSENTS_GIVEN = Section(
    "consents", "✅", N_("Consents"), Consent,
    (
        Field("kind", N_("Consent"), Code(CONSENTS), needed=True),
        Field("given", N_("Given"), Flag(), asked=True),
        Field("form", N_("Form"), Code(CONSENT_FORMS)),
        Field("valid_until", N_("Valid until"), Day()),
    ),
    summary=("kind", "given", "valid_until"),
    key=("kind",), order=("kind",),
    asks=N_("May we use their data and send them messages?"),
)  # fmt: skip

#: in the order of the buttons
SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        BASIC,
        CONTACTS,
        ACCOUNTS,
        HOLDINGS,
        CREDIT_LINES,
        OTHER_BANKS,
        STATEMENTS,
        PARTNERS,
        SHAREHOLDERS,
        RELATED,
        FAMILY,
        PROPERTIES,
        SECURITIES_ISSUED,
        CONTRIBUTION,
        CONSENTS_GIVEN,
    )
}

#: the categories by where one looks for them, each group on one screen
THEMES: dict[str, tuple[str, str, tuple[Section, ...]]] = {
    "bank": ("🏦", N_("Ours"), (
        ACCOUNTS, HOLDINGS, CREDIT_LINES, CONTRIBUTION, CONSENTS_GIVEN,
    )),
    "firm": ("🏭", N_("Firm"), (
        BASIC, STATEMENTS, SHAREHOLDERS, PROPERTIES, SECURITIES_ISSUED,
    )),
    "around": ("🔗", N_("Ties"), (
        CONTACTS, OTHER_BANKS, PARTNERS, RELATED, FAMILY,
    )),
}  # fmt: skip
THEME_OF = {section.name: theme for theme, (_, _, found) in THEMES.items() for section in found}
