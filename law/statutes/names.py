"""The names and short names by which the system cites a text, and what they stand for.

A bare 办法, 条例 or 细则 stands for too much and is left out.
"""

from law.statutes.editions import HELD, UNHELD

ALIASES = {
    "行政处罚法": ("处罚法",),
    "自然资源行政处罚办法": ("自然资源部令第12号",),
    "矿产资源法": ("2009法",),
    "矿产资源法实施细则": ("细则1994",),
    "矿产资源开采登记管理办法": ("开采登记管理办法", "开采登记办法", "国务院令第241号", "241号令"),
    "矿产资源勘查区块登记管理办法": (
        "勘查区块登记管理办法", "勘查登记办法", "勘查办法", "国务院令第240号", "240号令",
    ),
    "土地管理法实施条例": ("土地条例",),
    "黑土地保护法": ("黑土法",),
    "行政强制法": ("强制法",),
    "行政复议法": ("复议法",),
    "行政诉讼法": ("行诉法",),
    "行政诉讼法解释": ("法释〔2018〕1号", "行诉解释"),
    "民事诉讼法": ("民诉法",),
    "行政执法机关移送涉嫌犯罪案件的规定": (
        "国务院令第310号", "国务院令310号", "第310号令", "310号令",
    ),
    "公安机关办理刑事案件程序规定": ("公安部令第159号", "程序规定"),
    "采矿刑事案件解释": ("法释〔2016〕25号", "法释25号"),
    "土地刑事案件解释": ("法释〔2000〕14号", "法释14号"),
    "森林刑事案件解释": ("法释〔2023〕8号",),
    "草原刑事案件解释": ("法释〔2012〕15号",),
    "山东省实施矿产资源法办法": ("山东省实施《矿产资源法》办法",),
    "国土资源行政处罚办法": ("国土资源部令第60号", "60号令"),
    "矿产资源法实施条例": ("国务院令第839号", "839号令"),
    "刑事诉讼法": ("刑诉法",),
    "自然资源执法监督规定": ("执法监督规定",),
}  # fmt: skip
YEARS = {"2009法": 2009}


def _stems() -> dict[str, str]:
    """A full title, as its file is called, stands for the law too."""
    return {version.file.removesuffix(".md").partition("(")[0]: version.law for version in HELD}


NAMES: dict[str, str] = {
    **_stems(),
    **{law: law for law, _ in UNHELD},
    **{version.law: version.law for version in HELD},
    **{alias: law for law, aliases in ALIASES.items() for alias in aliases},
}
