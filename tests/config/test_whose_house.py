"""The demo keeps out of a real house, and a real house never starts on the demo's data."""

from io import StringIO

import pytest

from accounts.models import Agency, HouseMark, User
from accounts.services import installation
from common.errors import Refused
from config import demo
from tests.config.houses import SETUP, empty_house

REGION = ("--region", "141122", "--admin-name", "张三", "--admin-username", "zhangsan")


@pytest.mark.django_db
def test_the_demo_loads_nothing_where_people_work_already(cast):
    people, offices = User.objects.count(), Agency.objects.count()
    with pytest.raises(Refused, match="已有正式的人员和数据.*VAR_DIR"):
        demo.load(StringIO())
    assert (User.objects.count(), Agency.objects.count()) == (people, offices)
    assert not HouseMark.objects.exists()


@pytest.mark.django_db
def test_a_new_house_that_only_commands_have_touched_may_become_the_demo():
    installation.command_line()
    installation.refuse_demo()
    installation.mark_demo()
    with pytest.raises(Refused, match="演示数据.*VAR_DIR"):
        installation.refuse_demo()


@pytest.mark.django_db
def test_a_demo_broken_off_half_way_goes_on_where_it_stood(cast):
    HouseMark.objects.create(name=installation.DEMO)
    installation.mark_demo()
    assert HouseMark.objects.count() == 1


def test_the_commands_keep_the_two_apart(tmp_path):
    house = empty_house(tmp_path / "real")
    house.manage("serve", "--no-serve", *REGION)
    assert "已有正式的人员和数据" in house.manage("demo", "--no-serve", code=2)
    house.run("-c", SETUP + "from accounts.models import HouseMark as H; H(name='demo').save()")
    assert "不能正式启用" in house.manage("serve", "--no-serve", code=2)
