"""Pinyin of names."""

import pytest

from rongpei.org.people.roster.pinyin import full, initials, sort_key


@pytest.mark.parametrize(
    ("name", "spelled", "first"),
    [
        ("张伟", "zhangwei", "zw"),
        ("单田芳", "shantianfang", "stf"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("仇和", "qiuhe", "qh"),
        ("区小明", "ouxiaoming", "oxm"),
        ("任重", "renzhong", "rz"),
        ("曾国", "zengguo", "zg"),
        ("查良", "zhaliang", "zl"),
        ("尉迟敬", "yuchijing", "ycj"),
        ("尉敬", "weijing", "wj"),
        ("单于雨", "chanyuyu", "cyy"),
        ("单于", "shanyu", "sy"),
        ("吕布", "lvbu", "lb"),
        ("Anna Li", "annali", "annali"),
        ("", "", ""),
    ],
)
def test_readings(name: str, spelled: str, first: str) -> None:
    assert (full(name), initials(name)) == (spelled, first)


def test_rare_characters_survive() -> None:
    for name in ("张𬱖", "㛃琳", "\U0002ebf1华"):
        assert full(name)
        assert all(character in sort_key(name) for character in name)


def test_names_sort_as_a_chinese_list_does() -> None:
    names = ["梁一", "李四", "张伟", "章伟", "张安", "单一", "阿明", "王五", "Bob"]
    assert sorted(names, key=lambda n: sort_key(n).encode()) == [
        "阿明", "Bob", "李四", "梁一", "单一", "王五", "张安", "张伟", "章伟",
    ]  # fmt: skip
