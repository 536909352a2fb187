"""The weights with which duties are told apart (departments/comparison/matching.py), fitted on what was judged by hand.

Usage: .venv/bin/python -m benchmarks.fit_matching. No database. Prints precision and recall at several limits, for the chosen
pairs and for every lot of whole designs, each pair judged by weights that were fitted without any pair of its two designs; then
the weights fitted on all of them, to be put into WEIGHTS. Logistic regression by Newton's method, with a small penalty on large
weights.
"""

import math
import os
import random

from tests.comparison.judged import Judged, chosen, companies, drawn, held_out, written

FOLDS = 8
PENALTY = 1.0
LIMITS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96)
COUNTED = 5  # so often counts a pair of a whole company, of which there are few
WORTH = 0.3  # contained so far, a pair that is not the same is worth learning from

Row = tuple[list[float], bool, tuple[str, str]]  # features, whether the same, the two designs


def main() -> None:
    """Print what the weights reach on pairs of designs they have not seen, and the weights."""
    from departments.comparison.matching import WEIGHTS  # noqa: PLC0415  # settings must be named first

    lots = {
        "chosen": chosen(),
        **drawn(),
        "written": written(),
        "companies": [pair for lot, pairs in companies().items() if lot not in held_out() for pair in pairs],
    }
    rows = {
        name: [row for pair in pairs if (row := _row(pair, always=pair.same or name == "chosen"))]
        for name, pairs in lots.items()
    }
    everything = [row for name, lot in rows.items() for row in lot * (COUNTED if name == "companies" else 1)]
    folds = _folds(sorted({designs for _values, _same, designs in everything}))
    weights = [fit([row for row in everything if folds[row[2]] != fold]) for fold in range(FOLDS)]
    for name, lot in rows.items():
        same = sum(pair.same for pair in lots[name])
        print(f"{name}: {len(lots[name])} pairs, {same} the same")
        for limit in LIMITS:
            taken = [truth for values, truth, designs in lot if probability(weights[folds[designs]], values) >= limit]
            print(f"  {limit:.2f}: precision {sum(taken) / len(taken):.3f}, recall {sum(taken) / same:.3f}")
    for name, weight in zip(WEIGHTS, fit(everything), strict=True):
        print(f"{name}: {weight:.2f}")


def _row(pair: Judged, *, always: bool) -> Row | None:
    """Return what the regression needs of a pair; nothing of one that nobody would take for the same."""
    from departments.comparison.matching import WEIGHTS, evidence, features, may_be_alike  # noqa: PLC0415  # as above

    if not always and not may_be_alike(pair.left.text, pair.right.text):
        return None
    values = features(pair.left.text, pair.right.text)
    if not always and values["contained"] < WORTH:
        return None
    values |= {"functions": evidence(pair.left.functions, pair.right.functions), "nothing": 1.0}
    return [values[name] for name in WEIGHTS], pair.same, pair.designs


def fit(rows: list[Row]) -> list[float]:
    """Return the weights under which what the judges said is likeliest; the first is not penalised."""
    size = len(rows[0][0])
    weights = [0.0] * size
    for _round in range(30):
        slope = [-PENALTY * weight if at else 0.0 for at, weight in enumerate(weights)]
        curve = [[PENALTY if one == other and one else 0.0 for other in range(size)] for one in range(size)]
        for values, same, _designs in rows:
            likely = probability(weights, values)
            for one in range(size):
                slope[one] += (same - likely) * values[one]
                for other in range(size):
                    curve[one][other] += likely * (1 - likely) * values[one] * values[other]
        step = _solve(curve, slope)
        weights = [weight + more for weight, more in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def probability(weights: list[float], values: list[float]) -> float:
    """Return how likely two statements with these features are the same."""
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, values, strict=True))))


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return the solution of a few linear equations, by elimination (C. F. Gauss)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        top = max(range(at, len(rows)), key=lambda number: abs(rows[number][at]))
        rows[at], rows[top] = rows[top], rows[at]
        for number, row in enumerate(rows):
            if number != at:
                times = row[at] / rows[at][at]
                rows[number] = [value - times * above for value, above in zip(row, rows[at], strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]


def _folds(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    random.Random(7).shuffle(pairs)  # noqa: S311  # no secret
    return {pair: number % FOLDS for number, pair in enumerate(pairs)}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
    main()
