"""What a design suits, key by key: closed lists, in which nothing said is 未说明."""

from typing import Literal

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from departments.documents.values import Strict, Words

Industry = Literal[
    "any",
    "consumer-goods",
    "food",
    "retail",
    "healthcare",
    "real-estate",
    "real-estate-services",
    "technology",
    "manufacturing",
    "building-materials",
    "marketing-services",
    "services",
    "multi-industry-group",
]
Size = Literal["any", "small", "medium", "large", "group"]
Stage = Literal["startup", "growth", "mature", "transformation"]
Structure = Literal[
    "centralised",
    "decentralised",
    "lean",
    "functional",
    "matrix",
    "divisional",
    "hq-branch",
    "product",
    "side-by-side",
]
Extent = Literal["one", "several", "many"]
Degree = Literal["low", "medium", "high"]


class Fits(Strict):
    """What the design suits. An empty list or null is 未说明; `inferred` names the keys that are our inference."""

    industries: list[Industry] = []
    sizes: list[Size] = []
    stages: list[Stage] = []
    structure: Structure | None = None
    product_lines: Extent | None = None
    regions: Extent | None = None
    digital_maturity: Degree | None = None
    partner_reliance: Degree | None = None
    wording: Words = ""
    inferred: list[
        Literal[
            "industries",
            "sizes",
            "stages",
            "structure",
            "product_lines",
            "regions",
            "digital_maturity",
            "partner_reliance",
        ]
    ] = []

    @model_validator(mode="after")
    def only_what_is_said_is_inferred(self) -> "Fits":
        if empty := [name for name in self.inferred if not getattr(self, name)]:
            raise PydanticCustomError("inferred", "nothing is said of {names}", {"names": ", ".join(empty)})
        return self

    @field_validator("inferred")
    @classmethod
    def in_the_order_of_the_keys(cls, names: list[str]) -> list[str]:
        """One order, so that the same document has the same bytes however it was written."""
        return [name for name in cls.model_fields if name in names]
