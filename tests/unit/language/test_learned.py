"""The trained model beside the rules: how its view is weighed, and what it adds."""

from __future__ import annotations

from collections import Counter

import pytest

from core.language import learned
from core.language.learned import Field, View
from core.language.understand import understand
from core.language.weighed import GUESS
from tests.language.score import HERE, NOW, portfolio
from tests.language.train import EPOCHS, FIELDS, HEARD, said_table

KNOWN = portfolio()


def test_a_word_that_the_rules_seldom_get_wrong_outweighs_a_doubtful_view() -> None:
    sure = ((-0.01, -4.6), (-4.6, -0.01))
    doubtful = View(Field(("a", "b"), (0, 0), ("a", "b"), sure, 1.0), (-0.9, -0.5))
    certain = View(Field(("a", "b"), (0, 0), ("a", "b"), sure, 1.0), (-9.0, -0.001))
    assert doubtful.settle("a") == ("a", pytest.approx(0.985, abs=0.01))
    assert (certain.settle("a") or ("", 0))[0] == "b"
    assert certain.settle("never heard") is None


def test_signs_stand_for_names_dates_and_sums() -> None:
    grams = learned.grams("给王总送2个合同", [(1, 3, "□")])
    assert {"^给□送", "□送#", "合同$"} <= grams
    assert not any("王" in gram for gram in grams)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("给韩总打电话推存单，他讲钱都压在货里，没有", "outcome", "not_interested"),
        ("去宝利，谢老板劈头盖脸一顿，说客户经理换了三个没人认账", "outcome", "complaint"),
        ("Feng is hungry for working capital, about a million", "outcome", "interested"),
        ("stuck on the ring road", "intent", "chitchat"),
        ("Polytoy group structure", "intent", "lookup"),
    ],
)
def test_the_model_knows_words_that_no_rule_has_and_calls_it_a_guess(
    text: str, field: str, value: str
) -> None:
    [by_rules, *_] = understand(text, NOW, KNOWN, by_rules=True)
    [note, *_] = understand(text, NOW, KNOWN)
    assert getattr(by_rules, field) != value
    assert getattr(note, field) == value
    assert note.evidence[field].confidence <= GUESS


def test_the_weights_fit_the_fields_that_are_trained() -> None:
    model = learned.read(learned.WEIGHTS.read_text(encoding="utf-8"))
    width = sum(len(values) for values in FIELDS.values())
    assert {name: one.values for name, one in model.fields.items()} == FIELDS
    assert {name: one.heard for name, one in model.fields.items()} == HEARD
    assert {len(row) for row in model.table.values()} == {width}
    assert {name: [list(r) for r in one.said] for name, one in model.fields.items()} == {
        name: said_table(name) for name in FIELDS
    }
    assert EPOCHS > 1


def test_no_sentence_is_written_twice_for_training() -> None:
    lines = (HERE / "written.tsv").read_text(encoding="utf-8").splitlines()
    texts = Counter(line.split("\t")[3] for line in lines if not line.startswith("#"))
    assert not [text for text, times in texts.items() if times > 1]
