"""Texts of job descriptions, other ones for every number and the same for the same number.

A statement is one of a few dozen patterns with a region, a product, a period and figures put in, so that two forms share
hardly a line, as where people have written them. What companies do share stays shared: the last statement, most requirements.
"""

import random
from typing import NamedTuple

REGIONS = ("华东", "华南", "华北", "华中", "西南", "西北", "东北", "江浙", "京津冀", "珠三角", "成渝", "胶东")
PRODUCTS = (
    "婴幼儿奶粉",
    "冷鲜肉制品",
    "家用净水器",
    "钻石饰品",
    "功能饮料",
    "木地板",
    "工业润滑油",
    "智能门锁",
    "中成药",
    "休闲服装",
)
PERIODS = ("每周一", "每月五日前", "每季度末", "每半年", "每年一月", "旺季开始前", "月度例会前", "预算编制期间")
OTHERS = ("销售部", "财务部", "生产计划科", "法务室", "客户服务中心", "物流仓储部", "人力资源部", "信息技术部")
ROLES = (
    "推广主管",
    "品牌策划专员",
    "渠道经理",
    "市场调研员",
    "媒介专员",
    "客户关系主管",
    "促销督导",
    "新品上市经理",
    "会展专员",
)
DUTIES = (
    "{period}汇总{region}市场{product}的销量、价格和库存，编写分析报告，报部门负责人审核",
    "拟订{product}年度推广方案和费用预算，预算不超过销售目标的 {percent}%，经批准后组织实施",
    "开发{region}新经销商，全年不少于 {count} 家，审查其资质并起草合同",
    "组织{product}新品发布会和订货会，会后 {days} 个工作日内提交总结和客户名单",
    "与{other}核对{product}的到货与退货情况，发现差异 {days} 日内查明原因",
    "{period}巡访{region}重点门店 {count} 家，检查陈列、价签和促销执行，记录问题并督促整改",
    "建立{region}客户档案，按成交金额分为 {days} 级，{period}更新一次",
    "受理{product}的质量投诉，{days} 个工作日内答复客户，重大投诉当日上报",
    "选定广告代理公司和媒体，比较不少于 {days} 家的报价，审核投放排期与发票",
    "编写{product}的卖点说明、问答手册和培训课件，{period}培训导购 {count} 人次",
    "监测{region}同类产品的促销活动，遇到降价超过 {percent}% 的情况即时报告并提出对策",
    "审核宣传物料的文字、图片和商标使用，确认无误后交{other}备案",
    "{period}与{other}召开协调会，落实{product}的供货计划，跟踪 {count} 项待办事项",
    "管理{region}展会的报名、搭建和人员安排，单场费用控制在 {count} 万元以内",
    "策划会员日活动，使{product}的复购率较上年提高 {percent} 个百分点",
    "维护官方账号，{period}发布不少于 {count} 篇内容，评论在 {days} 小时内回复",
    "跟进{region}应收账款，逾期超过 {count} 天的与{other}商定催收办法",
    "预测{product}未来 {days} 个月的需求，偏差控制在 {percent}% 以内",
    "制订{region}导购的排班、奖励和淘汰办法，{period}公布考核结果",
    "收集消费者对{product}包装、口味或功能的意见，整理成不少于 {days} 条改进建议",
    "办理{region}户外广告的报批手续，{period}检查画面是否破损并拍照存档",
    "组织神秘顾客暗访 {count} 次，就{region}门店的服务短板向{other}提出书面意见",
    "起草{product}的定价建议，测算毛利不低于 {percent}% 的各档价格",
    "管理促销品的采购、入库和领用，{period}盘点一次，损耗率不高于 {percent}%",
    "接待{region}媒体采访，统一对外口径，负面报道 {days} 小时内上报并拟订回应",
    "评估每场促销的投入产出，活动结束 {days} 日内提交数据，作为下一期预算的依据",
    "编制{region}市场地图，标明 {count} 个空白县区和进入顺序",
    "指导下属制订工作计划，{period}面谈一次，全年培训不少于 {count} 课时",
    "参与{product}的命名、商标注册和上市时间的讨论，提供消费者测试数据",
    "保管本岗位的合同、样品和印章使用记录，{period}移交{other}归档",
    "对照年度目标检查{region}的完成进度，落后 {percent}% 以上的提出补救措施",
    "维护与{region}行业协会、主管部门的关系，{period}参加会议并传达要求",
)
SHARED = "完成上级交办的其他工作"
INDICATORS = (
    ("{product}推广费用占销售额的比例", "不高于 {percent}%，由财务部按季度核算"),
    ("{region}新客户数量完成率", "不低于 {score}%，以合同为准"),
    ("活动计划按期完成率", "{period}考核，不低于 {score}%"),
    ("客户投诉处理及时率", "{days} 个工作日内答复的比例不低于 {score}%"),
    ("{region}重点门店陈列达标率", "抽查 {count} 家，合格率不低于 {score}%"),
    ("{product}需求预测准确率", "按月计算，全年平均不低于 {score}%"),
    ("应收账款回收率", "{period}考核，不低于 {score}%"),
    ("培训课时完成情况", "全年不少于 {count} 课时"),
)
MAJORS = ("市场营销、新闻或相关专业", "工商管理或相关专业", "统计、经济类专业", "广告、设计类专业")
SUMMARY = "负责{region}{product}的市场推广，{period}向上级报告进展，与{other}配合完成年度目标"


class Texts(NamedTuple):
    """The texts of one position: statements, requirements by aspect, indicators with their measures."""

    title: str
    summary: str
    duties: list[str]
    qualifications: list[tuple[str, str]]
    indicators: list[tuple[str, str]]


def texts_of(number: int) -> Texts:
    """Return the texts of the position of that number: eight statements, three requirements, four indicators."""
    chance = random.Random(number)  # noqa: S311  # nothing is to be kept secret

    def said(pattern: str) -> str:
        return pattern.format(
            region=chance.choice(REGIONS),
            product=chance.choice(PRODUCTS),
            period=chance.choice(PERIODS),
            other=chance.choice(OTHERS),
            percent=chance.randint(2, 30),
            count=chance.randint(4, 60),
            days=chance.randint(2, 9),
            score=chance.randint(80, 99),
        )

    return Texts(
        title=f"{chance.choice(REGIONS)}{chance.choice(ROLES)}{number + 1}",
        summary=said(SUMMARY),
        duties=[*map(said, chance.sample(DUTIES, 7)), SHARED],
        qualifications=[
            ("education", chance.choice(("大专及以上学历", "本科及以上学历"))),
            ("major", chance.choice(MAJORS)),
            ("experience", f"{chance.choice('两三五八')}年以上同类岗位经验"),
        ],
        indicators=[(said(name), said(measure)) for name, measure in chance.sample(INDICATORS, 4)],
    )
