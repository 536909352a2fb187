"""The weights by which duties of akin structures are told apart (departments/comparison/kinship.py), fitted on rewritten ones.

Usage: .venv/bin/python -m benchmarks.fit_kinship. No database. Prints precision and recall at several limits, every design
judged by weights that were fitted without it; then the weights fitted on all of them, to be put into AKIN.
"""

import os

from benchmarks.fit_matching import fit, probability

LIMITS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


def main() -> None:
    """Print what the weights reach on designs they have not seen, and the weights."""
    from departments.comparison.kinship import AKIN, Candidates  # noqa: PLC0415  # settings first
    from departments.comparison.matching import at_odds, bare  # noqa: PLC0415
    from tests.comparison.rewritten import lots, rewritten  # noqa: PLC0415

    designs = [design for lot in lots() if not lots()[lot].get("held_out") for design in rewritten(lot)]
    rows, odd, equal = {}, {}, 0
    for design in designs:
        values = Candidates(design.before, design.after).features
        texts = {pair: (design.before[pair[0]].text, design.after[pair[1]].text) for pair in values}
        unlike = [pair for pair in values if bare(texts[pair][0]) != bare(texts[pair][1])]
        equal += len(values) - len(unlike)
        odd[design.slug] = [at_odds(*texts[pair]) for pair in unlike]
        rows[design.slug] = [
            ([values[pair][name] for name in AKIN], pair in design.same, (design.slug, design.slug)) for pair in unlike
        ]
    same = sum(len(design.same) for design in designs)
    scored = []
    for slug, these in rows.items():
        weights = fit([row for other, others in rows.items() if other != slug for row in others])
        scored += [
            (0.0 if unlike else probability(weights, values), truth)
            for (values, truth, _design), unlike in zip(these, odd[slug], strict=True)
        ]
    print(f"{len(designs)} designs, {same} pairs the same, {equal} word for word")
    for limit in LIMITS:
        taken = [truth for value, truth in scored if value >= limit]
        right = sum(taken) + equal
        print(f"  {limit:.2f}: precision {right / (len(taken) + equal):.3f}, recall {right / same:.3f}")
    for name, weight in zip(AKIN, fit([row for these in rows.values() for row in these]), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
    main()
