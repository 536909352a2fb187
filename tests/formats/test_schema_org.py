"""A position as schema.org's Occupation, and as a data block that no text can leave."""

import json

import pytest

from departments.formats.schema_org import occupation, occupation_script
from tests.formats.extracts import HOSTILE, bureau, extract, hostile

pytestmark = pytest.mark.django_db


def test_an_occupation_says_what_is_stated_and_leaves_out_the_rest():
    entry = extract(bureau()).outline.find("G2-STAFF")
    assert occupation(entry, url="https://example.org/x/") == {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": "专员2",
        "alternateName": ["Specialist", "主管"],
        "identifier": "G2-STAFF",
        "url": "https://example.org/x/",
        "responsibilities": ["收集第1类市场信息", "收集第2类市场信息", "帮助拓展员", "写稿件", "发稿件"],
        "educationRequirements": ["大学本科"],
    }


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_text_leaves_the_block(number):
    entry = extract(hostile()).outline.find(f"P-{number}")
    block = occupation_script(entry, url="https://example.org/?a=1&b=2")
    head, foot = '<script type="application/ld+json">', "</script>"
    assert block.startswith(head)
    assert block.endswith(foot)
    inner = block.removeprefix(head).removesuffix(foot)
    assert [one for one in "<>&\u2028\u2029" if one in inner] == []
    assert json.loads(inner)["responsibilities"] == [HOSTILE[number]]
