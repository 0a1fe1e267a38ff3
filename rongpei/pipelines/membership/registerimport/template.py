"""The empty register to fill in: the columns of the export with what to write in each."""

from typing import IO, Final

from rongpei.ground.ui.sending import unnamed_file
from rongpei.org.people.roster.writing import NOTES_SHEET, TEXT_FORMAT, header_format, new_workbook
from rongpei.pipelines.membership.registerimport.columns import EXPORTED, NUMBER

SHEET: Final = "积极分子和发展对象册"
_NOTES: Final = (
    "每人一行，从第 2 行写起。列的先后可以变，用不到的列可以删去；导出的册子可以直接填、直接导入。",
    "姓名和申请入党时间必填。工号、身份证号、出生日期至少填一项，用来认人；这个人要先在花名册里。",
    "日期写成 2019-05-12，也可以写 2019.5.12 或 2019年5月12日。只知道年月时写 2019-05，按 1 日读入。",
    "没有办过的步骤空着；台账没有的步骤（志愿书、审批前谈话等）导入后在案卷里补办。",
    "不合规定的往事照实登记，系统给出提醒和条款，不会拒绝；不可能的日期（将来的、早于申请的、前后颠倒的）要改。",
    "已有案卷的人不会改动，不同之处列在预览里，请到案卷里更正。",
    "要么全部导入，要么都不导入。案卷里还没有办别的事时，最近一次导入可以整批撤销。",
    "政审材料、处分情况不写在这里。",
)


def write_template() -> IO[bytes]:
    """An unnamed temporary file holding the workbook, at its beginning; the caller closes it."""
    target = unnamed_file()
    book = new_workbook(target)
    head, bold = header_format(book), book.add_format({"bold": True})
    text = book.add_format({"num_format": TEXT_FORMAT})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 3)
    sheet.set_column(0, 0, 6, text)
    sheet.write_string(0, 0, NUMBER, head)
    for position, column in enumerate(EXPORTED, start=1):
        sheet.set_column(position, position, column.width, text)
        sheet.write_string(0, position, column.title, head)
        if column.help:
            sheet.write_comment(0, position, column.help, {"x_scale": 1.6})
    notes = book.add_worksheet(NOTES_SHEET)
    notes.set_column(0, 0, 20)
    notes.set_column(1, 1, 90)
    notes.write_string(0, 0, "怎样填写", bold)
    for number, said in enumerate(_NOTES, start=1):
        notes.write_string(number, 1, said)
    start = len(_NOTES) + 2
    notes.write_string(start, 0, "各列的含义", bold)
    for number, column in enumerate(EXPORTED, start=start + 1):
        also = f"也认：{'、'.join(column.synonyms)}。" if column.synonyms else ""
        notes.write_string(number, 0, column.title, bold)
        notes.write_string(number, 1, f"{column.help}{also}")
    book.close()
    target.seek(0)
    return target
