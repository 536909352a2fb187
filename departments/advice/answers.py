"""What a company says of itself, as far as it knows."""

from dataclasses import dataclass

from departments.advice.rules import Bounds, Rules

# The questions whose answers are judged, in the order of the form. What matters most is asked beside them.
QUESTIONS = ("sizes", "stages", "industries", "product_lines", "regions", "digital_maturity", "partner_reliance")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers; None or empty where there is none."""

    marketing_people: int | None = None
    company_people: int | None = None
    is_group: bool = False
    stage: str = ""
    industry: str = ""
    product_lines: str = ""
    regions: str = ""
    digital_maturity: str = ""
    partner_reliance: str = ""
    priorities: tuple[str, ...] = ()

    def given(self, rules: Rules) -> dict[str, str]:
        """Return question → value for what was answered, in the order of the questions."""
        values = {
            "sizes": self.size(rules) or "",
            "stages": self.stage,
            "industries": self.industry,
            "product_lines": self.product_lines,
            "regions": self.regions,
            "digital_maturity": self.digital_maturity,
            "partner_reliance": self.partner_reliance,
        }
        return {question: values[question] for question in QUESTIONS if values[question]}

    def size(self, rules: Rules) -> str | None:
        """Return the size: a group is one by its own word; else people in marketing tell, else those in the company."""
        if self.is_group:
            return "group"
        by_marketing, by_company = self.sizes(rules)
        return by_marketing or by_company

    def sizes(self, rules: Rules) -> tuple[str | None, str | None]:
        """Return the size that the people in marketing tell, and the one that those in the company tell."""
        return (
            _size(self.marketing_people, rules.sizes.marketing),
            _size(self.company_people, rules.sizes.company),
        )


def _size(people: int | None, bounds: Bounds) -> str | None:
    if people is None:
        return None
    return "small" if people < bounds.medium else "medium" if people < bounds.large else "large"
