"""The closed values of the tables by the one Chinese word each has in a cell, whatever the reader's language."""

UNIT_TYPES = {
    "company": "公司",
    "headquarters": "总部",
    "center": "中心",
    "department": "部门",
    "section": "科室",
    "group": "组",
    "team": "团队",
    "function_line": "职能线",
    "business_line": "业务线",
}
FORMS = {
    "number": "人数",
    "range": "范围",
    "per": "按单位配置",
    "as_needed": "视情况",
    "several": "若干",
    "unstated": "",
}
BASES = {"stated": "原文写明", "inferred": "推断", "example": "举例", "top": "无上级"}
HEAD_FORMS = {"person": "个人", "body": "领导班子", "alternative": "二者择一", "part_time": "兼任"}
SECTIONS = {
    "responsibility": "职责",
    "authority": "权限",
    "qualification": "任职资格",
    "competency": "能力素质",
    "indicator": "考核指标",
    "assessment": "考核办法",
    "deliverable": "工作成果",
    "regulation": "规章制度",
    "equipment": "工作设备",
    "condition": "工作条件",
    "scope": "工作范围",
}
WEIGHTS = {"primary": "主要", "auxiliary": "辅助"}
ASPECTS = {
    "education": "教育",
    "major": "专业",
    "experience": "经验",
    "knowledge": "知识",
    "skill": "技能",
    "certificate": "证书",
    "trait": "个人素质",
    "approval": "审批",
    "finance": "财务",
    "personnel": "人事",
    "other": "其他",
}
KINDS = {"reports_to": "汇报", "assists": "协助", "works_with": "协作"}
LINES = {"solid": "实线", "dotted": "虚线", "unstated": "未说明"}
YES = {"yes": "是"}
