"""The closed lists by which designs are classified, with the words readers see. The design document speaks the same slugs."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNSTATED = "unstated"  # a value to filter by: the source does not say


class Industry(TextChoices):
    """行业."""

    ANY = "any", _("any industry")
    CONSUMER_GOODS = "consumer-goods", _("consumer goods")
    FOOD = "food", _("food and dairy")
    RETAIL = "retail", _("retail")
    HEALTHCARE = "healthcare", _("healthcare")
    REAL_ESTATE = "real-estate", _("real estate development")
    REAL_ESTATE_SERVICES = "real-estate-services", _("real estate services")
    TECHNOLOGY = "technology", _("technology")
    MANUFACTURING = "manufacturing", _("manufacturing")
    BUILDING_MATERIALS = "building-materials", _("building materials and furnishing")
    MARKETING_SERVICES = "marketing-services", _("marketing services")
    SERVICES = "services", _("services")
    MULTI_INDUSTRY_GROUP = "multi-industry-group", _("multi-industry group")


class Size(TextChoices):
    """规模."""

    ANY = "any", _("any size")
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium-sized")
    LARGE = "large", _("large")
    GROUP = "group", _("group of companies")


class Stage(TextChoices):
    """阶段."""

    STARTUP = "startup", _("starting up")
    GROWTH = "growth", _("growing")
    MATURE = "mature", _("mature")
    TRANSFORMATION = "transformation", _("in transformation")


class Structure(TextChoices):
    """架构类型."""

    CENTRALISED = "centralised", _("centralised")
    DECENTRALISED = "decentralised", _("decentralised")
    LEAN = "lean", _("lean")
    FUNCTIONAL = "functional", _("functional")
    MATRIX = "matrix", _("matrix")
    DIVISIONAL = "divisional", _("divisional")
    HQ_BRANCH = "hq-branch", _("headquarters and branches")
    PRODUCT = "product", _("by product")
    SIDE_BY_SIDE = "side-by-side", _("side by side")


class Extent(TextChoices):
    """产品线、区域的多少."""

    ONE = "one", _("one")
    SEVERAL = "several", _("several")
    MANY = "many", _("many")


class Degree(TextChoices):
    """程度."""

    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class Priority(TextChoices):
    """What matters most to who chooses a structure."""

    SPEED = "speed", _("speed")
    DEPTH = "depth", _("professional depth")
    CONSISTENCY = "consistency", _("consistency")
    COST = "cost", _("low cost")


class UnitType(TextChoices):
    """What kind of unit a department is."""

    COMPANY = "company", _("company")
    HEADQUARTERS = "headquarters", _("headquarters")
    CENTER = "center", _("center")
    DEPARTMENT = "department", _("department")
    SECTION = "section", pgettext_lazy("of a department", "section")
    GROUP = "group", pgettext_lazy("of a department", "group")
    TEAM = "team", _("team")
    FUNCTION_LINE = "function_line", _("functional line")
    BUSINESS_LINE = "business_line", _("business line")


class Aspect(TextChoices):
    """What a qualification or an authority is about."""

    EDUCATION = "education", _("education")
    MAJOR = "major", _("field of study")
    EXPERIENCE = "experience", _("experience")
    KNOWLEDGE = "knowledge", _("knowledge")
    SKILL = "skill", _("skills")
    CERTIFICATE = "certificate", _("certificates")
    TRAIT = "trait", _("personal qualities")
    APPROVAL = "approval", _("approval")
    FINANCE = "finance", _("finance")
    PERSONNEL = "personnel", _("personnel")
    OTHER = "other", _("other")


STRUCTURE_NOTES: dict[str, str | Promise] = {
    Structure.CENTRALISED: _("one department holds all marketing and reports to the top"),
    Structure.DECENTRALISED: _("marketing is spread over several departments, each with a part"),
    Structure.LEAN: _("a few people cover everything and buy in the rest"),
    Structure.FUNCTIONAL: _("groups or departments by speciality under one head"),
    Structure.MATRIX: _("functional lines across, business lines down; two superiors"),
    Structure.DIVISIONAL: _("each business unit has its own complete marketing"),
    Structure.HQ_BRANCH: _("headquarters steers, branches carry out"),
    Structure.PRODUCT: _("product or brand managers hold all work for their product"),
    Structure.SIDE_BY_SIDE: _("brand, market and sales departments stand beside each other"),
    UNSTATED: _("the source does not say, and nothing allows a conclusion"),
}

CHOICES: dict[str, type[TextChoices]] = {
    "industries": Industry,
    "sizes": Size,
    "stages": Stage,
    "structure": Structure,
    "product_lines": Extent,
    "regions": Extent,
    "digital_maturity": Degree,
    "partner_reliance": Degree,
}


def label(facet: str, value: str) -> str | Promise:
    """Return the words for a value of a facet; for `unstated` too."""
    return _("not stated") if value == UNSTATED else CHOICES[facet](value).label
