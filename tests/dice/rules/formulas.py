"""Formulas for tests to make up: any text, almost formulas, and formulas."""

from __future__ import annotations

from hypothesis import strategies as st

ANYTHING = st.text(st.characters())

ALMOST_FORMULAS = st.text("0123456789dDkKhHlLrRoOuUsSaAeExXpPfFcCmMiInN+-*/%()[]{},.!<>=# \t", max_size=60)

WORDS = [
    "2d6", "d", "1d20", "3d8", "d%", "dF", "4dF.1", "dF.2", "1", "0", "2.5", "1000", "999999999",
    "kh", "kl3", "k", "dh", "dl", "!", "!!", "!p", "!!p", "!o", "x", "e", "r", "ro", "rr", "rk3", "u", "uo",
    "min2", "max5", "mi", "ma", "cs", "cf", "ms", "sa", "sd", "s", "adv", "dis",
    ">=5", ">3", "<2", "<=4", "=6", "<>", "!=", "f1", "f",
    "+", "-", "*", "/", "//", "%", "(", ")", "{", "}", ",", "floor(", "ceil(", "round(", "abs(", "min(", "max(",
    "[fire]", "[", "]", "#", "x3", " x20", ";", "\0", "é",
]  # fmt: skip
OF_WORDS = st.lists(st.sampled_from([*WORDS, " "]), max_size=60).map("".join)
REPEATED_WORDS = st.tuples(OF_WORDS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.integers(1, 80)).map(
    lambda parts: parts[0] + "".join(parts[1]) * parts[2]
)

NUMBERS = st.one_of(
    st.integers(0, 12).map(str),
    st.sampled_from(["0.5", "33.333333", "1.005", "999999999", "100003", "99991", "7.0000001"]),
)
COUNTS = st.sampled_from(["", "", "1", "2", "4", "10", "100", "1000"])
SIDES = st.sampled_from(["1", "2", "4", "6", "6", "10", "20", "100", "1000000", "%", "F", "F.1", "F.2", "(2+d4)"])
COMPARISONS = st.tuples(st.sampled_from(["=", "<>", "!=", ">", ">=", "<", "<="]), NUMBERS).map("".join)
POINTS = st.one_of(st.just(""), NUMBERS, COMPARISONS)
MODIFIERS = st.one_of(
    st.tuples(st.sampled_from(["kh", "kl", "k", "dh", "dl", "d"]), st.sampled_from(["", "1", "2", "3", "900"])),
    st.tuples(st.sampled_from(["!", "!!", "!p", "!!p", "!o", "x", "r", "ro", "rr", "u", "uo", "cs", "cf"]), POINTS),
    st.tuples(st.sampled_from(["min", "max", "mi", "ma", "rk", "e>", "ms", ">=", "<"]), NUMBERS),
    st.tuples(st.sampled_from(["s", "sa", "sd"])),
    st.tuples(COMPARISONS, st.just("f"), NUMBERS),
).map("".join)
DICE = st.tuples(COUNTS, st.just("d"), SIDES, st.lists(MODIFIERS, max_size=5).map("".join)).map("".join)
GROUP_MODIFIERS = st.lists(st.sampled_from(["kh1", "kl2", "dl", "dh1", ">=5", "<3f9", "sa", "sd", "ms4"]), max_size=3)


def _around(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Formulas that hold such parts."""
    listed = st.lists(parts, min_size=1, max_size=8)
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/", "//", "%", " + -"]), listed).map(lambda it: it[0].join(it[1])),
        st.tuples(st.sampled_from(["", "-", "floor", "ceil", "round", "abs"]), parts).map(
            lambda it: f"{it[0]}({it[1]})"
        ),
        st.tuples(st.sampled_from(["min", "max"]), listed).map(lambda it: f"{it[0]}({','.join(it[1])})"),
        st.tuples(listed, GROUP_MODIFIERS).map(lambda it: "{" + ",".join(it[0]) + "}" + "".join(it[1])),
        st.tuples(parts, st.sampled_from(["[fire]", "[cold][ice]"])).map("".join),
        st.tuples(parts, st.sampled_from("+-*/,"), st.integers(1, 20)).map(lambda it: it[1].join([it[0]] * it[2])),
    )


FORMULAS = st.tuples(
    st.recursive(st.one_of(DICE, DICE, NUMBERS), _around, max_leaves=20),
    st.sampled_from(["", "", "", " x2", " x20", " # words", " + d20 adv", " + d20dis x3"]),
).map("".join)

TEXTS = st.one_of(ANYTHING, ALMOST_FORMULAS, OF_WORDS, REPEATED_WORDS, FORMULAS, FORMULAS)
