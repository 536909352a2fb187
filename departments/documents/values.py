"""What a single value of a design document may be: a text, a code, a number, one of a closed list; and what its parts share."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # neither PostgreSQL nor XML can hold them all


def printable(text: str) -> str:
    """Return the text. Raises for characters that no page, paper or database can hold."""
    if UNPRINTABLE.search(text):
        raise PydanticCustomError("unprintable", "control characters")
    return text


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(printable)
]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(printable)
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(printable)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(printable)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(printable)]
Empty = BeforeValidator(lambda value: None if value == "" else value)  # one way to say nothing
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=40)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Grade = Annotated[int, Field(ge=0, le=1000)]

Origin = Literal["reference", "own"]
DesignKind = Literal["complete", "single_department", "structural_option", "size_model", "legacy_variant", "fragment"]
UnitType = Literal[
    "",
    "company",
    "headquarters",
    "center",
    "department",
    "section",
    "group",
    "team",
    "function_line",
    "business_line",
]
HeadForm = Literal["person", "body", "alternative", "part_time"]
HeadcountForm = Literal["number", "range", "per", "as_needed", "several", "unstated"]
HeadcountBasis = Literal["stated", "inferred", "example"]
Weight = Literal["primary", "auxiliary"]
Basis = Literal["stated", "inferred"]
Section = Literal[
    "responsibility",  # 职责
    "authority",  # 权限
    "qualification",  # 任职资格
    "competency",  # 能力素质（可带评级）
    "indicator",  # 考核指标
    "assessment",  # 考核办法、奖惩
    "deliverable",  # 产出的文件与成果
    "regulation",  # 依据或负责的制度
    "equipment",  # 工作设备
    "condition",  # 工作条件
    "scope",  # 业务范围、覆盖的平台与渠道
]
Aspect = Literal[
    "education",
    "major",
    "experience",
    "knowledge",
    "skill",
    "certificate",
    "trait",  # of a qualification
    "approval",
    "finance",
    "personnel",
    "other",  # of an authority
]


class Strict(BaseModel):
    """A part of the document: unknown keys are refused, strings are trimmed."""

    model_config = ConfigDict(extra="forbid", strict=False, populate_by_name=True)
