"""The weights by which duties of akin structures are told apart (departments/comparison/kinship.py), fitted on rewritten ones.

Usage: .venv/bin/python -m benchmarks.fit_kinship. No database. Prints precision and recall at several limits, every design
judged by weights that were fitted without it; then the weights fitted on all of them, to be put into AKIN.
"""

import os

from benchmarks.fit_matching import Row, fit, probability

LIMITS = (0.5, 0.6, 0.7, 0.73, 0.8, 0.85, 0.9)


def main() -> None:
    """Print what the weights reach on designs they have not seen, and the weights."""
    from departments.comparison.kinship import AKIN, Candidates  # noqa: PLC0415  # settings must be named first
    from departments.comparison.matching import at_odds  # noqa: PLC0415
    from tests.comparison.rewritten import held_out, lots, rewritten  # noqa: PLC0415

    designs = [design for lot in lots() if lot not in held_out() for design in rewritten(lot)]
    rows: dict[str, list[Row]] = {}
    odd: dict[str, list[bool]] = {}
    for design in designs:
        found = Candidates(design.before, design.after).grounds
        rows[design.slug] = [
            ([values[name] for name in AKIN], pair in design.same, (design.slug, design.slug))
            for pair, values in found.items()
        ]
        odd[design.slug] = [at_odds(design.before[at].text, design.after[there].text) for at, there in found]
    same = sum(len(design.same) for design in designs)
    scored = []
    for slug, these in rows.items():
        weights = fit([row for other, others in rows.items() if other != slug for row in others])
        scored += [
            (0.0 if is_odd else probability(weights, values), truth)
            for (values, truth, _designs), is_odd in zip(these, odd[slug], strict=True)
        ]
    print(f"{len(designs)} designs, {same} pairs the same")
    for limit in LIMITS:
        taken = [truth for value, truth in scored if value >= limit]
        print(f"  {limit:.2f}: precision {sum(taken) / len(taken):.3f}, recall {sum(taken) / same:.3f}")
    for name, weight in zip(AKIN, fit([row for these in rows.values() for row in these]), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
    main()
