"""No restore while anything serves: the tree of one host, a unit by itself, or another host."""

import shutil
import sys
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.config.houses import House, new_county
from tests.config.processes import free_port, until

GUNICORN = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--no-control-socket"]
CELERY = [sys.executable, "-m", "celery", "--app", "config"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A county and its backup."""
    place = tmp_path_factory.mktemp("county")
    county = new_county(place / "var")
    county.manage("backup", place / "backup")
    return county, place / "backup"


def environment(house: House) -> dict[str, str]:
    """What a process of this house is started with."""
    return {
        "VAR_DIR": str(house.folder),
        "DATABASE_URL": house.database,
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
    }


def holds(house: House) -> bool:
    """Whether a process has begun to serve from this folder."""
    return (house.folder / "serving.lock").exists()


@pytest.mark.parametrize(
    "command",
    [
        [*GUNICORN, "--bind", "127.0.0.1:{port}"],
        [*CELERY, "worker", "--pool", "solo", "--loglevel", "ERROR"],
        [*CELERY, "beat", "--pidfile=", "--schedule", "{folder}/ticks"],
    ],
    ids=["web", "worker", "beat"],
)
def test_a_restore_is_refused_while_one_unit_serves(start, saved, tmp_path, command):
    house = House(shutil.copytree(saved[0].folder, tmp_path / "var"))
    (house.folder / "serving.lock").unlink(missing_ok=True)
    rows = house.digests()
    given = {"port": free_port(), "folder": house.folder}
    unit = start([each.format(**given) for each in command], **environment(house))
    until(lambda: holds(house), seconds=60)
    said = house.manage("restore", saved[1], "--force", code=2)
    assert "网页服务、后台任务或定时器还在运行，没有恢复" in said
    assert house.digests()["accounts.User"] == rows["accounts.User"]
    unit.kill()
    unit.wait()
    until(lambda: "已恢复" in restored(house, saved[1]), seconds=60)


def restored(house: House, backup) -> str:
    """What a restore says, whether it succeeds or not."""
    try:
        return house.manage("restore", backup, "--force")
    except AssertionError as error:
        return str(error)


@pytest.mark.postgres
def test_a_restore_is_refused_while_another_host_is_connected(saved, tmp_path, new_database):
    house = House(tmp_path / "var", new_database("busy"))
    house.manage("restore", saved[1], "--without-keys")
    there = urlsplit(house.database)
    elsewhere = psycopg2.connect(
        host=there.hostname,
        port=there.port,
        user=there.username,
        password=there.password,
        dbname=there.path[1:],
    )
    assert "还有程序连着这个数据库" in house.manage("restore", saved[1], "--force", "--without-keys", code=2)
    elsewhere.close()
    house.manage("restore", saved[1], "--force", "--without-keys")
