"""The words of duty statements, for telling whether two say the same: data, to be read and changed.

Every entry is a matter of how Chinese duty statements are worded, not of one design.
"""

# How the head of a department says that he leads all of it; read as one and the same duty.
LEADING = "(?:全面|统筹|统管|主持|负责整个)[^,;:]{0,14}(?:中心|部门?)[^,;:]{0,4}(?:工作|运营|管理|决策)(?:[与和](?:管理|决策))?"

# For which periods: that tells no duty from another.
PERIODS = "(?:年度?|季度?|月度?)(?:[、和及与或](?:年度|季度|月度))+"

# What carries nothing here: the house itself, scope and manner. Removed.
NOISE = (
    "公共关系",
    "关系",
    "部门",
    "整体",
    "伙伴",
    "交流",
    "品牌中心",
    "营销中心",
    "市场部门",
    "市场部",
    "有针对性地",
    "行之有效的",
    "有关的",
    "有关",
    "新的",
    "各项",
    "各种",
    "各类",
    "各阶段",
    "一切",
    "全部",
    "整个",
    "基础",
    "既定的",
    "所属的",
    "所属",
    "其他",
    "与公司其他",
    "全公司",
    "公司",
    "企业",
    "集团",
    "本部门",
    "专业的",
    "良好的",
    "良好",
    "及时",
    "积极",
    "主动",
    "定期",
    "具体",
    "线上线下的",
    "市场部的",
    "中心",
    "系列",
    "在品牌部内",
    "在市场部内",
    "方面",
    "已有",
    "现有和潜在",
    "专业化的",
    "多样化的",
    "日常",
    "长期",
    "有新意的",
    "工作",
    "发生时",
    "医院",
    "对外",
    "深入",
    "充分",
    "持续",
    "不断",
    "密切",
    "随时",
    "广泛",
    "统一的",
    "妥善",
)

# What a duty does. One family is one act; the first word of a family names it.
ACTS = (
    (
        "制定",
        "制订",
        "拟订",
        "拟定",
        "编制",
        "编写",
        "定出",
        "确定",
        "明确",
        "规划",
        "撰写",
        "设定",
        "起草",
        "草拟",
        "拟出",
        "拿出",
    ),
    ("策划", "构思", "设计"),
    ("执行", "组织", "开展", "实施", "举办", "落地", "落实", "完成", "达成", "实现", "贯彻", "付诸"),
    ("收集", "搜集", "采集", "搜寻", "汇集"),
    ("整理", "汇总", "归档", "建档", "存档", "归类"),
    ("分析", "研究", "洞察", "统计"),
    ("调研",),
    ("预测",),
    ("监测", "监控", "跟踪", "追踪", "掌握"),
    ("了解",),
    ("评估", "评价"),
    ("监督", "督导", "监管", "检查", "督促", "巡检", "巡查", "把关"),
    ("指导",),
    ("考核", "考评", "评定"),
    ("审核", "审查", "审批", "核准", "审定"),
    ("维护", "维系", "维持", "保持", "建立", "保护", "健全", "完善", "巩固"),
    ("建设", "组建", "打造", "培养", "塑造", "搭建", "创建", "树立", "筹建"),
    ("拓展", "开拓", "拓宽", "开发", "开辟", "发展"),
    ("管理", "领导", "主持", "统筹", "指挥", "主管"),
    ("处理", "受理", "应对", "解答", "防范", "化解", "解决"),
    ("协调", "沟通", "合作", "协作"),
    ("培训", "帮带", "辅导", "带教"),
    ("招聘", "招募", "选拔", "选聘"),
    ("提供", "给出"),
    ("反馈", "报告", "汇报", "上报", "提交", "呈报"),
    ("优化", "改进", "调整", "改善", "修正"),
    ("核算", "测算"),
    ("提出",),
    ("投放", "发布"),
    ("参加",),
    ("谈判", "洽谈"),
    ("采购", "购买", "采买"),
    ("发放", "派发"),
    ("回访", "走访", "拜访"),
    ("签订", "签署"),
    ("分配", "分派"),
    ("发现",),
    ("安排",),
    ("跟进",),
)

# Acts that say nothing beside another one: 开展市场调研 is 市场调研.
EMPTY = ("开展", "组织", "实施", "举办")

# Parts in somebody else's duty: whoever assists does not do it.
ASSISTING = ("协助", "配合", "参与", "支持", "分担", "支援", "会同")

# Openings that say no more than that it is done.
OPENINGS = (
    "负责",
    "承担",
    "进行",
    "做好",
    "搞好",
    "加以",
    "予以",
    "给予",
    "主导",
    "推动",
    "推进",
    "促进",
    "发挥",
)

# A clause that begins with one of these after the first clause says what for, not what.
PURPOSES = (
    "使",
    "以",
    "供",
    "作为",
    "用作",
    "用于",
    "从而",
    "确保",
    "保证",
    "保障",
    "提高",
    "提升",
    "扩大",
    "增强",
    "增加",
    "增进",
    "加深",
    "促进",
    "推动",
    "据以",
    "据此",
)

# A clause that begins with one of these after the first clause says what comes of it: it need not be said by the other side.
RESULTS = ("了解", "掌握", "找准", "弄清", "保持")

# A clause that begins so lists what the clause before is done to.
INCLUSIONS = ("包括", "涵盖", "包含", "含", "如")

# One that begins so lists what is in it, or what form it takes: nothing that is done besides.
CONTENTS = ("内容含", "形式含", "手段有", "内容包括")

# A clause that begins with one of these says how or by what, not what.
MANNERS = ("依据", "根据", "按照", "按", "借助", "通过", "运用", "围绕", "结合", "对照", "针对", "遵照")

# Acts that go together: the one is often said for the other.
RELATED = (
    ("维护", "管理"),
    ("建设", "拓展"),
    ("维护", "拓展"),
    ("监督", "管理"),
    ("监测", "了解"),
    ("评估", "监测"),
    ("制定", "提出"),
    ("管理", "提供"),
    ("策划", "制定"),
    ("调研", "了解"),
    ("调研", "分析"),
    ("整理", "分析"),
    ("整理", "维护"),
    ("整理", "收集"),
    ("了解", "分析"),
)

# What joins the items of a list, and what may be dropped between words.
JOINTS = "、与和及并或"
PARTICLES = "各的了等其之地对为同将把好"

# Words that make an object narrower: with one of them on one side only, two objects are not the same.
NARROWING = (
    "线上",
    "线下",
    "网络",
    "区域",
    "地区",
    "重点",
    "海外",
    "国际",
    "国内",
    "内部",
    "终端",
    "户外",
    "平台",
    "电商",
    "新品",
    "特殊",
    "大型",
    "战略",
    "售后",
)

# What is made, kept or reached: named alone after a fuller one it is of the same field (营销策略和计划: 营销计划).
HEADS = ("策略", "计划", "方案", "目标", "战略", "任务", "预算", "需求", "信息", "数据", "形象", "活动", "政策", "定位")

# What follows an object and is a side of it: whoever analyses the competitors' prices analyses the competitors.
ATTRIBUTES = ("性能", "价格", "信息", "情况", "动态", "方案", "计划", "活动", "趋势", "任务", "业务")

# What says that an object is of the field all the objects here are of.
FIELDS = ("市场", "营销")

# Words of a kind: whoever collects the one collects the other.
INFORMATION = ("信息", "数据", "资料")
