"""Facts of place and line on the pages: several of a kind, an inferred place, a line not stated, heads who are an alternative."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from departments.documents import files
from departments.documents.loading import load

DOCUMENT = """
slug: facts
name: 品牌中心
kind: complete
tree:
  kind: department
  code: BC
  title: 品牌中心
  children:
  - {kind: position, code: BC-1, title: 品牌经理, head: true, head_form: alternative}
  - {kind: position, code: BC-2, title: 品牌总监, head: true, head_form: alternative}
  - kind: department
    code: AR
    title: 大区品牌组
    place_basis: inferred
    repeats: 每个大区一个
    superiors: [{code: BC-1}, {code: BC-2, line: unstated}]
"""


def page(client: Client, code: str) -> str:
    text = strip_tags(client.get(f"/designs/facts/departments/{code}/").content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load(files.parse(DOCUMENT))


def test_department_says_what_it_stands_for_where_and_under_whom(client: Client) -> None:
    text = page(client, "AR")
    assert "代表多个每个大区一个" in text
    assert re.search(r"所属 ?品牌中心 推", text)
    assert "品牌经理 或 品牌总监 实线或虚线未列明" in text


def test_heads_who_are_an_alternative_are_joined_by_or(client: Client) -> None:
    assert re.search(r"负责人 ?品牌经理.{0,12}或 品牌总监", page(client, "BC"))
