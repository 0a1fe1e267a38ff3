"""Forms of the application and of activists: steps 1 to 6."""

from rongpei.pipelines.membership.documents.parts import (
    CENTRAL_FORMAT,
    PERSON,
    DocNumber,
    Each,
    Enclosures,
    Grid,
    Heading,
    Lead,
    RedHead,
    Remark,
    Sign,
    Text,
    WordForm,
    pair,
    row,
    signed,
)

FORMS = (
    WordForm(
        "application_receipt", "入党申请书接收登记表", "submit_application", "入党申请书接收登记表",
        (
            Grid((
                *PERSON,
                row(pair("联系电话"), pair("党支部")),
                row(pair("落款日期", "申请书落款日期"), pair("收到日期", "收到申请书日期")),
                row(("接收人签字", ""), ("本人签字", "")),
                row(pair("备注", "申请说明"), least=20),
            )),
            Remark("入党申请书以本人手写签名的纸质原件为准，收到原件的日期是收到入党申请书的日期；原件附后。"),
        ),
    ),
    WordForm(
        "talk_record", "入党申请人谈话记录", "initial_talk", "入党申请人谈话记录",
        (
            Grid((
                row(pair("姓名"), pair("性别")),
                row(pair("科室"), pair("职称")),
                row(pair("收到申请书日期"), pair("谈话日期")),
                row(pair("谈话人"), pair("谈话地点")),
                row(pair("谈话情况"), least=110),
                signed("谈话人签字", least=18),
                signed("本人签字", least=18),
            )),
            Remark("党组织收到入党申请书后，应当在一个月内派人同入党申请人谈话（《细则》第七条）。"),
        ),
    ),
    WordForm(
        "recommendation", "推荐（推优）入党积极分子登记表", "recommend_and_confirm_activist", "推荐（推优）入党积极分子登记表",
        (
            Grid((
                *PERSON,
                row(pair("收到申请书日期"), pair("推荐方式")),
                row(pair("推荐情况"), least=45),
                signed("党员推荐或群团组织推优意见", by="（签章）", least=28),
                signed("支部委员会意见", "{{确定积极分子会议摘要}}\n确定为入党积极分子日期：{{确定积极分子日期}}", by="党支部书记签字：", least=45),
            )),
        ),
    ),
    WordForm(
        "activist_filing", "入党积极分子备案报告", "file_activist", "关于确定{{姓名}}同志为入党积极分子的\n备案报告",
        (
            DocNumber(),
            Lead("{{党委}}："),
            Text(
                "{{姓名}}，{{性别}}，{{民族}}，{{出生日期}}出生，{{学历}}，{{科室}}{{职称}}。{{收到申请书日期}}，"
                "党支部收到其入党申请书；{{谈话日期}}，党支部派{{谈话人}}同其谈话。\n"
                "经{{推荐方式}}，{{确定积极分子日期}}支部委员会研究决定，确定{{姓名}}同志为入党积极分子。现报请备案。"
            ),
            Enclosures(("入党申请书", "谈话记录", "推荐（推优）登记表")),
            Sign(("{{党支部}}　　", "{{成文日期}}　　")),
        ),
        numbering="branch",
    ),
    WordForm(
        "activist_filing_reply", "入党积极分子备案批复", "file_activist", "关于{{姓名}}同志入党积极分子备案的批复",
        (
            RedHead(),
            Lead("{{党支部}}："),
            Text(
                "你支部报送的《关于确定{{姓名}}同志为入党积极分子的备案报告》收悉。经审查，同意备案，备案日期为{{积极分子备案日期}}。\n"
                "请按照《中国共产党发展党员工作细则》，指定一至两名正式党员作培养联系人，每半年考察一次，并如实填写《入党积极分子培养考察登记表》。"
            ),
            Sign(("{{党委}}　　", "{{成文日期}}　　")),
        ),
        numbering="committee",
    ),
    WordForm(
        "mentor_record", "指定培养联系人登记表", "assign_mentors", "指定培养联系人登记表",
        (
            Grid((
                row(pair("姓名"), pair("科室")),
                row(pair("确定积极分子日期"), pair("党支部")),
                row(pair("培养联系人"), pair("指定日期", "指定培养联系人日期")),
                row(("培养联系人任务", "一、向入党积极分子介绍党的基本知识；\n二、了解入党积极分子的政治觉悟、道德品质、现实表现和家庭情况等，"
                     "做好培养教育工作，引导入党积极分子端正入党动机；\n三、及时向党支部汇报入党积极分子情况；\n"
                     "四、向党支部提出能否将入党积极分子列为发展对象的意见。"), least=60),
                signed("培养联系人签字"),
                signed("党支部意见", by="（签章）", least=28),
            )),
        ),
    ),
    WordForm(
        "activist_register", "入党积极分子培养考察登记表", "cultivate_and_review", "入党积极分子培养考察登记表",
        (
            Grid((
                *PERSON,
                row(pair("联系电话"), pair("党支部")),
                row(pair("收到申请书日期"), pair("确定积极分子日期")),
                row(pair("备案日期", "积极分子备案日期"), pair("培养联系人")),
                row(pair("思想汇报", "思想汇报份数"), pair("参加学习活动", "参加学习活动")),
            )),
            Heading("一、半年考察"),
            Each("考察记录", ("次", "考察日期", "本人表现", "培养联系人意见", "党支部意见"),
                 ("{{次.序号}}", "{{次.日期}}", "{{次.本人表现}}", "{{次.培养联系人意见}}", "{{次.党支部意见}}"), (10, 41, 35, 35, 35), least=17, blank=4),
            Heading("二、思想汇报"),
            Each("思想汇报", ("序号", "汇报日期", "收到日期", "形式"),
                 ("{{次.序号}}", "{{次.汇报日期}}", "{{次.收到日期}}", "{{次.形式}}"), (20, 52, 52, 32), blank=2),
            Remark("党支部每半年对入党积极分子考察一次（《细则》第十一条）。"),
        ),
        advice=CENTRAL_FORMAT,
    ),
)  # fmt: skip
