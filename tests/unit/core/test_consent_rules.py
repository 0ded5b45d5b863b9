"""Which act a consent allows, whatever was agreed to and when."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.facts.vocabulary import CONSENTS
from core.i18n import LOCALES, texts
from core.rules.alerts import ALERTS
from core.rules.cautions import Dealing, Standing, cautions
from core.rules.consents import (
    ACTS,
    EXPIRED,
    GIVEN,
    GREETINGS,
    MISSING,
    SENTENCES,
    SPOKEN,
    STATES,
    WITHDRAWN,
    Agreed,
    allowed,
    state_of,
)

TODAY = date(2026, 11, 23)
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2033, 1, 1)))
agreements = st.builds(
    Agreed, st.booleans(), st.sampled_from(["signed", "message", "spoken"]), days, days
)
consents = st.dictionaries(st.sampled_from(list(CONSENTS)), agreements)


@given(consents)
def test_without_a_consent_in_force_nobody_is_looked_up_at_the_credit_bureau(
    agreed: dict[str, Agreed],
) -> None:
    one = agreed.get("credit_report")
    in_force = (
        one is not None
        and one.given
        and one.form != "spoken"
        and (one.valid_until is None or one.valid_until >= TODAY)
    )
    assert allowed("credit_query", agreed, TODAY) is in_force


@given(consents, st.sampled_from(list(ACTS)))
def test_what_is_withdrawn_stops_every_act_that_needed_it(
    agreed: dict[str, Agreed], act: str
) -> None:
    assert not allowed(act, agreed | {ACTS[act].consent: Agreed(False)}, TODAY)
    assert allowed(act, agreed | {ACTS[act].consent: Agreed(True)}, TODAY)


def test_a_consent_holds_on_its_last_day_and_not_on_the_next() -> None:
    assert state_of(Agreed(True, valid_until=TODAY), TODAY) == GIVEN
    assert state_of(Agreed(True, valid_until=TODAY), TODAY + timedelta(days=1)) == EXPIRED
    assert state_of(None, TODAY) == MISSING
    assert state_of(Agreed(True, "spoken"), TODAY, signed=True) == SPOKEN
    assert state_of(Agreed(False, valid_until=TODAY), TODAY) == WITHDRAWN


def test_every_act_names_a_consent_and_every_state_has_its_sentence() -> None:
    assert {one.consent for one in ACTS.values()} == set(CONSENTS)
    assert set(SENTENCES) | {GIVEN} == set(STATES)
    assert set(ALERTS) >= GREETINGS


def test_a_missing_credit_consent_is_a_caution_where_we_lend() -> None:
    def said(standing: Standing, locale: str) -> list[str]:
        return [str(texts(locale).of(one.text(locale))) for one in cautions(standing)]

    lends = (Dealing(),)
    assert said(Standing(TODAY, consents={}), "zh") == []
    assert said(Standing(TODAY, dealings=lends, consents={}), "zh") == ["没有征信查询授权"]
    ended = {"credit_report": Agreed(True, valid_until=date(2026, 11, 1))}
    assert said(Standing(TODAY, dealings=lends, consents=ended), "en") == [
        "Consent to credit bureau queries ended 2026-11-01"
    ]
    declined = {"marketing": Agreed(False), "data_use": Agreed(False)}
    for locale in LOCALES:
        assert len(said(Standing(TODAY, consents=declined), locale)) == 2
