"""Standard surveys a branch may start from: needs before, judgement and a quiz after, what changed in three months."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import InquiryRole

_NEEDS = _("""这次主题党日，您最希望用哪种形式？[单选]
- 理论课堂
- 研讨交流
- 岗位练兵
您最想解决工作中的哪些问题？[多选]
- 业务流程不熟
- 防护和院感
- 与患者沟通
- 科室之间配合
您能参加哪一场？[单选]
- 中午
- 下午
- 夜班，需要补学
您还有什么建议？[填空][选填]""")
_AFTER = _("""这次党日的内容对您有用吗？[打分]
时间和形式安排合适吗？[打分]
您愿意把学到的用到工作中吗？[打分]
还有什么要改进的？[填空][选填]""")
_CHANGE = _("""三个月来，您在工作中用到了那次学到的内容吗？[打分]
您所在的科室因此有改进吗？[打分]
请举一个例子。[填空][选填]""")
TEXTS: dict[InquiryRole, str | Promise] = {
    InquiryRole.NEEDS: _NEEDS, InquiryRole.AFTER: _AFTER, InquiryRole.CHANGE: _CHANGE,
}  # fmt: skip
