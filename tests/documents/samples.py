"""Documents for the tests: the smallest that is one, and one that uses every key."""

SMALL = """\
slug: hospital
name: 医院市场部
kind: complete
tree:
  kind: department
  code: MK
  title: 市场部
  children:
  - kind: position
    code: MK-01
    title: 市场部主任
    head: true
    children:
    - kind: duty
      text: 编制预算
    - kind: duty
      text: 审批方案
  - kind: position
    code: MK-02
    title: 策划专员
"""

FULL = """\
slug: full-design
uid: 11111111-1111-4111-8111-111111111111
name: 市场部
name_en: Marketing department
origin: own
kind: structural_option
variant_of: hospital
summary: 两科一室。
fits:
  industries:
  - healthcare
  - services
  sizes:
  - medium
  stages:
  - growth
  structure: functional
  product_lines: several
  regions: one
  digital_maturity: low
  partner_reliance: high
  wording: 适合中型医院。
  inferred:
  - sizes
  - structure
strengths:
- 分工清楚
challenges:
- text: 人手少
  remedy: 外包
- text: 预算少
principles:
- 一岗一责
principles_basis: inferred
remarks:
- label: 文稿性质
  text: 讨论稿
corrections:
- 原文“市场场”为“市场”之误。
sources:
- document: 002_4c96e381965afd71.txt
  heading: 职能设置
  lines:
  - 77
  - 78
tree:
  kind: department
  uid: 22222222-2222-4222-8222-222222222222
  code: MK
  title: 市场部
  title_en: Marketing
  aliases:
  - 营销部
  unit_type: department
  superiors:
  - outside: 院长
    basis: inferred
    line: dotted
  headcount:
    form: range
    min: 8
    max: 12
    varies_with: 床位数
    basis: example
    filled: 9
  levels:
  - level: 主管级
    headcount:
      form: number
      min: 7
      max: 7
  summary: 统管市场营销。
  inferred: true
  place_basis: inferred
  repeats: 每个大区一个
  open_ended: true
  remarks:
  - label: 预算位次
    text: 花费较少
  functions:
  - brand
  - research
  sources:
  - document: 002_4c96e381965afd71.txt
  checked: true
  children:
  - kind: department
    title: 归属不明
    frame: true
    children:
    - kind: duty
      text: 其他工作
  - kind: position
    code: MK-01
    title: 经理或总监
    title_en: Manager or director
    aliases:
    - 部长
    head: true
    head_form: alternative
    head_basis: inferred
    grade: 主管级
    raci:
      brand: RA
    superiors:
    - basis: top
    headcount:
      form: per
      min: 1
      per: 每个新品 1 人
    summary: 主持全面工作。
    inferred: true
    place_basis: inferred
    repeats: 若干名
    remarks:
    - label: 备注
      text: 兼任
    functions:
    - brand
    sources:
    - document: 002_4c96e381965afd71.txt
      heading: 职位说明书
      lines:
      - 90
    checked: true
    children:
    - kind: duty
      uid: 33333333-3333-4333-8333-333333333333
      weight: auxiliary
      text: 管理品牌
      measure: 每季度一次
      open_ended: true
      inferred: true
      functions:
      - brand
      sources:
      - document: 002_4c96e381965afd71.txt
      children:
      - kind: duty
        text: 制定品牌规范
    - kind: duty
      section: competency
      text: 解决问题能力
      rating:
        required: 3
        maximum: 5
        note: 原文连写
    - kind: duty
      section: authority
      aspect: finance
      text: 审批费用
    - kind: position
      code: MK-02
      title: 助理
      assistant: true
      superiors:
      - code: MK-01
      - code: MK
        line: unstated
      headcount:
        form: several
        min: 2
relations:
- kind: assists
  from: MK-02
  to: MK-01
  about: 起草方案
  basis: inferred
  line: dotted
  sources:
  - document: 002_4c96e381965afd71.txt
- kind: works_with
  from: MK-01
  outside: 财务部
processes:
- name: 投诉处理
  name_en: Handling complaints
  owner: 市场部
  summary: 三步。
  lead_time: 三天
  basis: inferred
  ordered: false
  sources:
  - document: 002_4c96e381965afd71.txt
  steps:
  - number: 1
    name: 受理
    who:
    - MK-02
    - 顾客
    who_basis: inferred
    action: 登记投诉
    output: 登记表
    lead_time: 当天
    approval: 主任签字
  - number: 3
    action: 回访
"""


def put(old: str, new: str, text: str = SMALL) -> str:
    """Return a document with one thing in it exchanged."""
    assert old in text
    return text.replace(old, new, 1)
