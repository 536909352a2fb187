"""The words by which job descriptions are recognised: labels of forms, endings of titles, verbs, kinds of headings. Data only."""

import re

# What a label of a form, or a heading, announces. A section's name is one of the model's; the others are facts of a holder.
FACTS = {
    "title": "岗位名称 职位名称 职务名称 工作名称 岗位 职位 职务",
    "code": "岗位编号 职位编号 职务编号 岗位编码 职位编码 岗位代码 职位代码 编号 编码",
    "department": "所属部门 所在部门 部门名称 所在单位 所属单位 隶属部门 任职部门 部门",
    "superior": "直接上级 直属上级 上级岗位 上级职位 上级 汇报对象 汇报上级 报告对象 直属领导 直接主管 直接领导",
    "head": "部门负责人 负责人",
    "headcount": "定员 定编 编制 编制人数 定员人数 岗位定员 岗位编制 部门编制 岗位人数 人数",
    "grade": "职级 职等 岗位级别 岗位等级 职位等级 职务级别 级别",
    "summary": "岗位概述 职位概述 工作概述 职责概述 岗位概要 职位概要 工作概要 职责摘要 岗位目的 职位目的 工作目的 设置目的 岗位使命 部门使命 "
    "部门目标 本职工作 工作摘要 概述",
    "other": "直接下级 直属下级 下属岗位 下级岗位 下级 管理对象 管理幅度 内部关系 外部关系 工作关系 内部协作 外部协作 协作关系 相互关系 晋升方向 "
    "职业发展 轮换岗位 薪资等级 薪酬范围 编制日期 编写日期 生效日期 修订日期 编制人 编写人 审核人 审批人 批准人 任职人 任职者 姓名 签字 签名 "
    "审核 审批 批准 日期 版本 版次 页码 备注 说明",
}
SECTIONS = {
    "responsibility": "职责 岗位职责 工作职责 主要职责 部门职责 部门主要职责 主要工作职责 职位职责 职责描述 职责说明 职责范围 职责简述 职责与工作任务 "
    "职责与任务 工作内容 主要工作内容 工作任务 主要工作 现工作内容 工作规划 工作职能 部门职能 主要职能 主要工作职能 基本职责 具体职责 职能 责任 "
    "岗位责任 主要责任 工作责任 管理职责 岗位职责说明 核心职责",
    "auxiliary": "辅助责任 辅助任务 辅助职责 次要职责 协助职责",
    "authority": "权限 权力 职权 岗位权限 工作权限 职位权限 主要权限 岗位职权 部门权限 职责权限 岗位权力",
    "qualification": "任职资格 任职要求 任职条件 岗位要求 职位要求 岗位资格 资格条件 资格要求 招聘要求 基本要求 上岗条件 教育背景 教育水平 教育程度 学历 "
    "学历要求 最低学历 文化程度 专业 专业要求 所学专业 经验 工作经验 经验要求 工作经历 知识 知识要求 专业知识 技能 技能要求 工作技能 技能技巧 "
    "资格证书 职业资格 证书 培训 培训经历 个人素质 性格特征 年龄 性别 外语水平 计算机水平 特别资格要求 其他要求",
    "competency": "能力素质 能力要求 素质要求 能力 素质 胜任力 胜任能力 核心能力",
    "indicator": "考核指标 绩效指标 关键绩效指标 关键业绩指标 关键指标 业绩指标 衡量指标 KPI KPI指标 绩效考核指标",
    "assessment": "考核办法 考核方式 考核标准 考核周期 奖惩办法",
    "deliverable": "工作成果 提交结果 提交成果 工作产出 产出 输出 交付成果",
    "regulation": "规章制度 依据制度 相关制度",
    "equipment": "工作设备 使用设备 办公设备 工作工具 使用工具设备 使用工具",
    "condition": "工作条件 工作环境 工作时间 工作地点 工作场所 环境状况 危险性",
    "scope": "业务范围 工作范围 管辖范围",
}
ASPECTS = {  # of a qualification, by the label it stood under
    "education": "教育背景 教育水平 教育程度 学历 学历要求 最低学历 文化程度",
    "major": "专业 专业要求 所学专业",
    "experience": "经验 工作经验 经验要求 工作经历",
    "knowledge": "知识 知识要求 专业知识",
    "skill": "技能 技能要求 工作技能 技能技巧 外语水平 计算机水平",
    "certificate": "资格证书 职业资格 证书",
    "trait": "个人素质 性格特征",
}
# Headings that say what the list below them names
POSITIONS_FOLLOW = "岗位职责与分工 各岗位人员主要工作职能 岗位描述 岗位设置 人员配备 人员配置 人员构成 岗位说明 岗位说明书 职位说明书 职位设置 各岗位职责 岗位责任 关键岗位"
DEPARTMENTS_FOLLOW = "部门设置 各部门职责 机构设置 组织架构设计 下设部门 部门构成"
STRUCTURE = "组织架构 组织结构 组织机构 组织架构图 组织结构图 架构 架构图 职能设置 组建方案 管理制度 工作流程 建设"

DEPARTMENT_ENDS = (
    "事业部 部门 部 中心 科室 科 处 室 组 办公室 办事处 团队 小组 分公司 子公司 公司 集团 总部 委员会 大区".split()
)
POSITION_ENDS = (
    "总经理 经理 主管 专员 总监 主任 主任委员 助理 总裁 厂长 院长 部长 处长 科长 室长 组长 店长 队长 班长 主席 秘书 人员 职员 文员 内勤 外勤 督导 代表 顾问 "
    "工程师 设计师 分析师 策划师 摄影师 会计师 培训师 美工 会计 出纳 司机 客服 编辑 文案 策划员 设计员 推广员 调研员 拓展员 业务员 统计员 管理员 营业员 "
    "促销员 导购员 客服员 信息员 操作员 采购员 销售员 推销员 理货员 仓管员 研究员 协调员 讲师 总工 岗位 岗 领导班子 负责人 总助 主播 运营官 首席执行官"
).split()
CUTS = "经理 主管 专员 总监 主任".split()  # where two titles run together, the first ends with one of these
# A statement begins with one of these, a title never does
VERBS = (
    "负责 主持 组织 制定 制订 拟定 拟订 编制 编写 协助 配合 参与 参加 监督 指导 指挥 管理 协调 评估 收集 整理 分析 策划 执行 实施 落实 开展 开发 开拓 拓展 建立 建设 "
    "完成 完善 处理 提供 维护 跟踪 跟进 检查 审核 审批 审查 定期 全面 根据 按照 按 围绕 通过 及时 了解 掌握 领导 培养 培训 招聘 推动 推进 推广 设计 撰写 统筹 规划 "
    "确定 核算 达成 监测 监控 挖掘 搜集 汇总 汇报 承担 办理 接待 联系 沟通 与 对 为 向 在 从 以 有 能 具备 具有 熟悉 熟练 精通 良好 本科 大专 对外 做好 保管 录入 "
    "发布 传达 贯彻 筹备 进行 探索 积极 深入 深化 优化 提出 听取 发现 合理 准确 直接 筛选 引入 发展 策划并 领导交办 上级交办 其他"
).split()
NAMING_VERBS = tuple("培训 推广 策划 设计 管理 开发 对外 拓展 分析 审核 协调 采购 维护 执行 规划 统筹 监测 接待 招聘".split())
NEW_CLAUSE = re.compile(  # in a run of clauses, a new duty begins here
    r"(?:负责|制定|制订|拟定|编制|监督|指导|协调|评估|收集|整理|分析|策划|执行|实施|组织|开展|开发|拓展|建立|达成|处理|"
    r"提供|维护|管理|了解|撰写|统筹|审核|培训|招聘|完成|参与|协助|配合|跟踪|设计)"
)

MARKED = re.compile(r"（[^（）]{0,40}）")
COUNT = re.compile(r"[（(]?\s*(\d{1,4})\s*(?:[-—~～至到]\s*(\d{1,4})\s*)?(?:名|人|位|个)\s*[）)]?\s*(?:视.{0,20})?$")
NUMERALS = {numeral: number for number, numeral in enumerate("〇一二三四五六七八九十")}


def _flat(table: dict[str, str]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words.split()}


LABELS = {**_flat(SECTIONS), **_flat(FACTS)}
ASPECT_OF = _flat(ASPECTS)
LABELS_BY_LENGTH = sorted(LABELS, key=len, reverse=True)
FOLLOWS = {
    **dict.fromkeys(POSITIONS_FOLLOW.split(), "position"),
    **dict.fromkeys(DEPARTMENTS_FOLLOW.split(), "department"),
}
HEADINGS = sorted({*LABELS, *FOLLOWS, *STRUCTURE.split()}, key=len, reverse=True)


def label_key(text: str) -> str:
    """Return what a text announces as a label, empty where it is none: “岗 位 名 称：” is title."""
    return LABELS.get(plain(text), "")


def plain(text: str) -> str:
    """Return the text without blanks, brackets at its ends and a colon."""
    return MARKED.sub("", re.sub(r"\s+", "", text)).strip("：:；;、。.【】[]<>《》*＊—-")


def is_department(title: str) -> bool:
    """Whether the words look like a department's name."""
    return _is_title(title) and title.endswith(tuple(DEPARTMENT_ENDS)) and title not in ("部门", "各部门", "其他部门")


def is_position(title: str) -> bool:
    """Whether the words look like a position's name."""
    return _is_title(title) and title.endswith(tuple(POSITION_ENDS)) and title not in ("岗位", "各岗位", "关键岗位", "人员")


def _is_title(title: str) -> bool:
    if not 2 <= len(title) <= 24 or not re.search(r"[\u4e00-\u9fff]", title):
        return False
    if re.search(r"[，。；：！？“”《》（）\d]|包括|为主|以及|其他|相关|各个|职责|概述|任职|要求|资格|^(?:各|每|该|本|其|或|及|和)", title):
        return False
    return not title.startswith(tuple(VERBS)) or (len(title) <= 6 and title.startswith(NAMING_VERBS))
