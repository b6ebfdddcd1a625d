"""Workbooks as offices keep them, for command, page and browser alike."""

from openpyxl import Workbook

HEAD = (
    "序号", "县市区", "企业名称（个人）", "位置", "开采矿种", "占地面积（亩）", "占地罚款金额（万元）",
    "是否恢复原状", "非法开采数量（吨）", "没收矿产品（吨）", "采矿罚款金额（元）", "是否取缔", "行政拘留",
    "刑事拘留", "逮捕", "备注",
)  # fmt: skip
MAY = [
    [1, "交城县", "甲石料公司", "东沟", "石灰岩", 12.6, 8.4, "是", 320, 300, 50000, "是", 0, 1, 0, ""],
    [2, "交城县", "乙砂场", "西滩", "砂", "", "", "", 90, 90, 20000, "是", 0, 0, 0, "已移送"],
]
JUNE = [
    [1, "交城县", "甲石料公司", "东沟", "石灰岩", 12.6, 8.4, "是", 320, 300, 80000, "是", 0, 1, 1, ""],
    [2, "交城县", "乙砂场", "西滩", "砂", "", "", "", 90, 90, 20000, "是", 0, 0, 0, "已移送"],
    [3, "", "丙某", "北坡", "黏土", 3, "", "否", "", "", "", "", "", "", "", ""],
]
PUZZLE = [
    ["非法采矿占地专项行动台账"],
    ["填报时间：2021年6月30日"],
    ["序号", "县市区", "企业名称（个人）", "位置", "开采矿种", "占地面积（亩）", "占地面积（平方米）"]
    + ["罚款金额（万元）", "非法开采数量（吨）", "刑事拘留", "联系电话", "备注"],
    [1, "交城县", "甲石料公司", "东沟", "石灰岩", 12.6, 8400, 8.4, 320, 1, "0358-3520000", "占地"],
    [2, "交城县", "乙砂场", "西滩", "砂", "大概三亩多吧", "", "", 90, 0, "", ""],
    [3, "交城县", "丁公司", "南山", "砂", "", "", "", 10, 0, "", ""],
    [4, "交城县", "丁公司", "南山", "砂", "", "", "", 15, 0, "", ""],
    ["合计", "", "", "", "", 12.6, 8400, 8.4, 435, 1],
    ["审核人：张三", "", "", "", "", "填报人：李四"],
]


def months(**sheets):
    """A workbook with a sheet each month, kept cumulatively: name → (day, rows)."""
    book = Workbook()
    book.remove(book.active)
    for name, (day, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for line in (["非法采矿占地专项行动台账"], [f"填报时间：{day}"], HEAD, *rows):
            sheet.append(line)
    return book


def cumulative():
    """五月 and 六月, the newer with what the older had."""
    return months(五月=("2021年5月30日", MAY), 六月=("2021年6月30日", JUNE))


def puzzling():
    """Two areas, a fine of neither side, a fault in a cell, one firm on two lines, a total, a
    signature, a column that no form has."""
    book = Workbook()
    book.active.title = "台账"
    for line in PUZZLE:
        book.active.append(line)
    return book


def saved(book, path):
    """The path of a workbook that was written there."""
    book.save(path)
    return path
