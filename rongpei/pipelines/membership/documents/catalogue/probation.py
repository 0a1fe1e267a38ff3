"""Forms of probation, conversion and the archive: steps 19 to 25, and what may happen beside them."""

from rongpei.pipelines.membership.documents.catalogue.admitting import ballots
from rongpei.pipelines.membership.documents.parts import (
    CENTRAL_FORMAT,
    PERSON,
    DocNumber,
    Each,
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
        "oath_record", "入党宣誓记录", "oath_ceremony", "入党宣誓记录",
        (
            Grid((
                row(pair("姓名"), pair("党支部")),
                row(pair("批准日期", "审批日期"), pair("宣誓日期")),
                row(pair("宣誓地点"), pair("主持人", "宣誓主持人")),
                row(pair("领誓人"), ("宣誓人签字", "")),
                row(("誓词", "我志愿加入中国共产党，拥护党的纲领，遵守党的章程，履行党员义务，执行党的决定，严守党的纪律，保守党的秘密，对党忠诚，积极工作，"
                     "为共产主义奋斗终身，随时准备为党和人民牺牲一切，永不叛党。"), least=50),
                row(("仪式程序", "一、唱《国际歌》；\n二、党组织负责人致词；\n三、预备党员宣誓；\n四、参加宣誓的预备党员代表讲话。"), least=40),
                signed("党支部", by="（签章）"),
            )),
        ),
    ),
    WordForm(
        "probation_register", "预备党员教育考察登记表", "probation_education", "预备党员教育考察登记表",
        (
            Grid((
                *PERSON,
                row(pair("党支部"), pair("党小组", "编入党小组")),
                row(pair("入党介绍人"), pair("宣誓日期")),
                row(pair("预备期起"), pair("预备期止")),
            )),
            Heading("教育考察"),
            Each("教育考察", ("次", "考察日期", "介绍人意见", "党支部意见"),
                 ("{{次.序号}}", "{{次.日期}}", "{{次.介绍人意见}}", "{{次.党支部意见}}"), (12, 41, 52, 51), least=26),
        ),
        advice=CENTRAL_FORMAT,
    ),
    WordForm(
        "conversion_application", "转正申请书", "apply_conversion", "转正申请书",
        (
            Lead("敬爱的党组织："),
            Text("{%p if 转正申请正文 %}\n{{转正申请正文}}\n{%p endif %}\n我于{{预备期起}}被接收为中共预备党员，预备期到{{预备期止}}满一年，现申请转为中共正式党员。\n此致"),
            Lead("敬礼！"),
            Sign(("申请人（签名）：　　　　　　　　", "{{转正申请日期}}　　")),
        ),
        advice="本人手写签名后交党支部；正文是网上提交的内容，没有的请手写。",
    ),
    WordForm(
        "conversion_notice", "转正公示", "apply_conversion", "关于拟将{{姓名}}同志转为中共正式党员的公示",
        (
            Text(
                "{{姓名}}，{{性别}}，{{民族}}，{{出生日期}}出生，{{学历}}，{{科室}}{{职称}}，{{预备期起}}被接收为中共预备党员，"
                "{{转正申请日期}}提出转正申请。党支部拟召开支部大会讨论其转正问题，现予公示。\n"
                "公示时间：　　年　　月　　日至　　年　　月　　日。\n"
                "公示期间，党员和群众如有意见，可以向党组织反映。\n"
                "受理电话：{{受理电话}}\n受理信箱：{{受理信箱}}\n受理地点：{{受理地点}}"
            ),
            Sign(("{{党支部}}　　", "　　　年　　月　　日　　")),
        ),
    ),
    WordForm(
        "conversion_ballots", "预备党员转正票决情况汇总表", "branch_conversion_meeting", "预备党员转正票决情况汇总表",
        ballots("转正", "{{转正表决事项}}"),
    ),
    WordForm(
        "conversion_resolution", "预备党员转正支部大会决议", "branch_conversion_meeting", "关于{{姓名}}同志转正问题的决议",
        (Text("{{转正大会决议}}"), Sign(("{{党支部}}　　", "支部书记（签名）：　　　　　　　　", "{{转正大会日期}}　　"))),
    ),
    WordForm(
        "conversion_request", "预备党员转正的请示", "committee_conversion_approval", "关于{{姓名}}同志转正问题的请示",
        (
            DocNumber(),
            Lead("{{党委}}："),
            Text(
                "{{姓名}}同志{{预备期起}}被接收为中共预备党员，预备期到{{预备期止}}止，{{转正申请日期}}提出书面转正申请。\n"
                "党支部于{{转正大会日期}}召开支部大会讨论。应到会有表决权的正式党员{{转正应到人数}}名，实到会{{转正实到人数}}名，"
                "经无记名投票表决，赞成{{转正赞成合计}}名，反对{{转正反对票}}名，弃权{{转正弃权票}}名。支部大会决议：{{转正表决结果}}。\n"
                "现将有关材料报上，请审批。"
            ),
            Sign(("{{党支部}}　　", "{{成文日期}}　　")),
        ),
        numbering="branch",
    ),
    WordForm(
        "conversion_reply", "预备党员转正的批复", "committee_conversion_approval", "关于{{姓名}}同志转正问题的批复",
        (
            RedHead(),
            Lead("{{党支部}}："),
            Text(
                "你支部《关于{{姓名}}同志转正问题的请示》收悉。经{{转正审批日期}}党委会议集体讨论，{{转正审批决定}}。\n"
                "党龄从{{转正日期}}算起。请党支部书记同本人谈话，将审批结果通知本人，并在党员大会上宣布。"
            ),
            Sign(("{{党委}}　　", "{{成文日期}}　　")),
        ),
        numbering="committee",
    ),
    WordForm(
        "archive_list", "发展党员材料归档目录", "archive_materials", "发展党员材料归档目录",
        (
            Grid((
                row(pair("姓名"), pair("党支部")),
                row(pair("志愿书编号"), pair("转正日期")),
                row(pair("归档日期"), pair("存放处", "材料存放处")),
            )),
            Each("归档材料", ("序号", "材料名称", "形成日期", "份数", "备注"),
                 ("{{次.序号}}", "{{次.名称}}", "{{次.日期}}", "{{次.份数}}", "{{次.备注}}"), (12, 60, 42, 16, 26)),
            Remark("预备党员转正后，党支部应当及时将其入党材料存入本人人事档案；没有人事档案的，建立党员档案（《细则》第三十六条）。"),
            Sign(("移交人：　　　　　接收人：　　　　　　年　　月　　日",)),
        ),
    ),
    WordForm(
        "extension_resolution", "延长预备期的决议", "extend_probation", "关于延长{{姓名}}同志预备期的决议",
        (
            Text(
                "{{姓名}}同志{{预备期起}}被接收为中共预备党员。{{延长决定日期}}，支部大会讨论了其预备期问题。应到会有表决权的正式党员{{延长应到人数}}名，"
                "实到会{{延长实到人数}}名，经无记名投票表决，赞成{{延长赞成合计}}名，决定延长{{姓名}}同志预备期{{延长月数}}个月，延长到{{预备期止}}。\n{%p if 延长说明 %}\n{{延长说明}}\n{%p endif %}"
            ),
            Sign(("{{党支部}}　　", "支部书记（签名）：　　　　　　　　", "{{延长决定日期}}　　")),
        ),
        event=True,
    ),
    WordForm(
        "cancellation_resolution", "取消预备党员资格的决议", "cancel_probation", "关于取消{{姓名}}同志预备党员资格的决议",
        (
            Text(
                "{{姓名}}同志{{预备期起}}被接收为中共预备党员。{{取消决定日期}}，支部大会讨论了其预备党员资格问题。应到会有表决权的正式党员{{取消应到人数}}名，"
                "实到会{{取消实到人数}}名，经无记名投票表决，赞成{{取消赞成合计}}名，决定取消{{姓名}}同志的预备党员资格，报上级党委批准。\n{%p if 取消说明 %}\n{{取消说明}}\n{%p endif %}"
            ),
            Sign(("{{党支部}}　　", "支部书记（签名）：　　　　　　　　", "{{取消决定日期}}　　")),
        ),
        event=True,
    ),
)  # fmt: skip
