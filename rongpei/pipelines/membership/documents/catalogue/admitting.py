"""Forms of the admission: steps 12 to 18."""

from rongpei.pipelines.membership.documents.parts import (
    PERSON,
    DocNumber,
    Grid,
    Lead,
    PageBreak,
    RedHead,
    Remark,
    Sign,
    Text,
    WordForm,
    pair,
    row,
    signed,
)


def ballots(prefix: str, topic: str) -> tuple[Grid, Sign]:
    """The count of a members' meeting; numbers only."""
    return (
        Grid((
            row(pair("姓名"), ("表决事项", topic)),
            row(pair("大会日期", f"{prefix}大会日期"), pair("大会地点", f"{prefix}大会地点")),
            row(pair("主持人", f"{prefix}主持人"), pair("记录人", f"{prefix}记录人")),
            row(pair("应到会有表决权", f"{prefix}应到人数"), pair("实到会", f"{prefix}实到人数")),
            row(pair("发出票", f"{prefix}发出票"), pair("收回票", f"{prefix}收回票")),
            row(pair("有效票", f"{prefix}有效票"), pair("同意票", f"{prefix}同意票")),
            row(pair("反对票", f"{prefix}反对票"), pair("弃权票", f"{prefix}弃权票")),
            row(pair("书面同意", f"{prefix}书面同意"), pair("书面反对", f"{prefix}书面反对")),
            row(pair("赞成合计", f"{prefix}赞成合计"), pair("应达到", f"{prefix}半数")),
            row(pair("表决结果", f"{prefix}表决结果"), least=20),
        )),
        Sign(("监票人、计票人签字：　　　　　　　　", "党支部书记签字：　　　　　　　　", "{{" + prefix + "大会日期}}　　")),
    )  # fmt: skip


FORMS = (
    WordForm(
        "branch_review", "支部委员会审查意见", "branch_committee_review", "支部委员会对发展对象的审查意见",
        (
            Grid((
                *PERSON,
                row(pair("列为发展对象日期"), pair("入党介绍人")),
                row(pair("政治审查", "政审情况"), pair("集中培训", "培训结果")),
                row(("支部委员会审查意见", "{{支委审查意见}}\n\n审查日期：{{支委审查日期}}"), least=80),
                signed("支部书记签字"),
            )),
        ),
    ),
    WordForm(
        "pre_review", "发展对象预审意见", "committee_pre_review", "关于{{姓名}}同志预审情况的通知",
        (
            RedHead(),
            Lead("{{党支部}}："),
            Text(
                "你支部报送的{{姓名}}同志的发展材料收悉。经审查发展对象的条件、培养教育情况和政治审查、集中培训情况，预审结果为：{{预审结果}}。\n"
                "{%p if 预审意见 %}\n{{预审意见}}\n{%p endif %}\n"
                "预审合格的，请向其发放《中国共产党入党志愿书》，并在一个月内召开支部大会讨论。"
            ),
            Sign(("{{党委}}　　", "{{成文日期}}　　")),
        ),
        numbering="committee",
    ),
    WordForm(
        "form_sample", "入党志愿书填写样例", "complete_admission_form", "入党志愿书填写样例",
        (
            Remark("样例，只供用钢笔或签字笔填写时对照，不能代替中央组织部统一制式的《中国共产党入党志愿书》。"),
            Grid((
                row(("志愿书编号", "{{志愿书编号}}"), pair("姓名")),
                row(pair("性别"), pair("民族")),
                row(pair("出生日期"), pair("籍贯")),
                row(pair("学历"), pair("学位或职称", "学位或职称")),
                row(("单位、职务", "{{单位名称}}{{科室}}{{职务}}"), pair("参加工作时间")),
                row(("入党志愿", "由本人手写：对党的认识、入党动机、对待入党的态度、个人在政治思想工作等方面的表现和今后努力方向。"), least=40),
                row(("本人经历", "从小学填起，起止时间写到月，前后衔接，写明证明人。"), least=25),
                row(("家庭主要成员和主要社会关系", "写明姓名、关系、出生日期、政治面貌、工作单位和职务；没有的栏填“无”，不能空白。"), least=25),
            )),
            PageBreak(),
            Grid((
                row(("入党介绍人意见", "{{介绍人对志愿书意见}}\n\n介绍人：{{入党介绍人}}（两人分别填写、签字）"), least=50),
                row(("支部大会通过接收申请人为预备党员的决议", "{{大会决议}}\n\n支部名称：{{党支部}}\n支部书记签字：　　　　　　　　{{大会日期}}"), least=70),
                row(("上级党组织指派专人谈话情况和意见", "{{审批谈话意见}}\n\n谈话人：{{审批谈话人}}　　　　{{审批谈话日期}}"), least=40),
                row(("党委审批意见", "{{审批意见}}\n预备期自{{预备期起}}起至{{预备期止}}止。\n\n（盖章）　　　　{{审批日期}}"), least=40),
            )),
        ),
    ),
    WordForm(
        "ballots", "接收预备党员票决情况汇总表", "branch_admission_meeting", "接收预备党员票决情况汇总表",
        ballots("", "接收为中共预备党员"),
    ),
    WordForm(
        "resolution", "接收预备党员支部大会决议", "branch_admission_meeting", "关于接收{{姓名}}同志为中共预备党员的决议",
        (Text("{{大会决议}}"), Sign(("{{党支部}}　　", "支部书记（签名）：　　　　　　　　", "{{大会日期}}　　"))),
    ),
    WordForm(
        "approval_talk", "审批前谈话记录", "pre_approval_talk", "审批前谈话记录",
        (
            Grid((
                row(pair("姓名"), pair("党支部")),
                row(pair("支部大会日期", "大会日期"), pair("谈话日期", "审批谈话日期")),
                row(("谈话人", "{{审批谈话人}}"), ("谈话人职务", "党委委员或组织员")),
                row(pair("谈话情况和意见", "审批谈话意见"), least=120),
                signed("谈话人签字"),
            )),
            Remark("党委审批前，应当指派党委委员或组织员同发展对象谈话，作进一步的了解（《细则》第二十三条）。"),
        ),
    ),
    WordForm(
        "approval_request", "接收预备党员的请示", "committee_admission_approval", "关于接收{{姓名}}同志为中共预备党员的请示",
        (
            DocNumber(),
            Lead("{{党委}}："),
            Text(
                "{{姓名}}，{{性别}}，{{民族}}，{{出生日期}}出生，{{学历}}，{{科室}}{{职称}}，{{收到申请书日期}}递交入党申请书，"
                "{{确定积极分子日期}}确定为入党积极分子，{{列为发展对象日期}}列为发展对象，入党介绍人为{{入党介绍人}}。\n"
                "党支部于{{大会日期}}召开支部大会，讨论{{姓名}}同志的入党问题。应到会有表决权的正式党员{{应到人数}}名，实到会{{实到人数}}名，"
                "经无记名投票表决，赞成{{赞成合计}}名，反对{{反对票}}名，弃权{{弃权票}}名，{{表决结果}}。\n"
                "现将《入党志愿书》及有关材料报上，请审批。"
            ),
            Sign(("{{党支部}}　　", "{{成文日期}}　　")),
        ),
        numbering="branch",
    ),
    WordForm(
        "approval_reply", "接收预备党员的批复", "committee_admission_approval", "关于接收{{姓名}}同志为中共预备党员的批复",
        (
            RedHead(),
            Lead("{{党支部}}："),
            Text(
                "你支部《关于接收{{姓名}}同志为中共预备党员的请示》收悉。经{{审批日期}}党委会议集体讨论、表决，{{审批决定}}。\n{{审批要求}}"
            ),
            Sign(("{{党委}}　　", "{{成文日期}}　　")),
        ),
        numbering="committee",
    ),
    WordForm(
        "admission_notice", "入党通知书", "committee_admission_approval", "入党通知书",
        (
            Lead("{{姓名}}同志："),
            Text(
                "经{{大会日期}}支部大会讨论通过，{{审批日期}}上级党委批准，你被接收为中国共产党预备党员，预备期一年，自{{预备期起}}起至{{预备期止}}止。\n"
                "希望你严格要求自己，认真履行党员义务，自觉接受党组织的教育和考察，预备期满主动提出转正申请。"
            ),
            Sign(("{{党支部}}　　", "{{审批日期}}　　")),
        ),
    ),
    WordForm(
        "higher_filing", "接收预备党员备案报告", "file_with_higher_org_dept", "关于接收{{姓名}}同志为中共预备党员的\n备案报告",
        (
            RedHead(upward=True),
            Lead("上级党委组织部："),
            Text(
                "经{{党支部}}{{大会日期}}支部大会讨论通过，{{审批日期}}我委会议审批，同意接收{{姓名}}同志为中共预备党员，预备期自{{预备期起}}起至{{预备期止}}止。\n"
                "{{姓名}}，{{性别}}，{{民族}}，{{出生日期}}出生，{{学历}}，{{科室}}{{职称}}。现报请备案。"
            ),
            Sign(("{{党委}}　　", "{{成文日期}}　　")),
        ),
        numbering="committee",
    ),
)  # fmt: skip
