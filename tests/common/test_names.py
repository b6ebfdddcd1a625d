"""Files that a chat tool gave the same name are told apart."""

from common.showing.names import named_apart


def test_equal_names_are_numbered_in_their_order():
    assert named_apart(["微信图片.jpg", "甲.jpg", "微信图片.jpg", "微信图片.jpg"]) == [
        "微信图片（1）.jpg",
        "甲.jpg",
        "微信图片（2）.jpg",
        "微信图片（3）.jpg",
    ]


def test_a_number_that_another_file_bears_is_left_out():
    assert named_apart(["图.jpg", "图.jpg", "图（1）.jpg"]) == ["图（2）.jpg", "图（3）.jpg", "图（1）.jpg"]


def test_names_that_differ_stay_as_they_are():
    assert named_apart(["a.jpg", "b.jpg", "无后缀"]) == ["a.jpg", "b.jpg", "无后缀"]
