"""Print how to log in to the demo and how to add its accounts manually."""

from collections.abc import Iterator, Mapping

from .client import JSON, PASSWORD, USER
from .furnishing import DASHBOARD
from .scenes import SCENES
from .texts import integration_name, load_texts

ENGLISH = """
Home Assistant  {url}
Log in          user {user}, password {password}
Dashboard       {url}/{dashboard}
Devices         {url}/config/integrations/integration/meeting_rooms
Simulator       {simulator_url}/_control/ (start a meeting, break a camera, …)

The first start added three accounts and the dashboard. To add one manually, delete it first, then choose
Settings > Devices & services > Add integration > {integration} and enter:
{accounts}

Rooms become free and occupied by themselves. The first {scenes} rooms of Tencent Meeting in
service show every availability within about five minutes, again and again; here, a booked room
without people becomes "{no_show}" after one minute.
Two of them have a presence sensor ({url}/config/helpers switches it),
and one has its bookings in a local calendar ({url}/calendar).

Ctrl-C stops the demo; the next start continues with the same Home Assistant, and --fresh
starts with a new one.
"""
CHINESE = """
Home Assistant：{url}
登录：用户名 {user}，密码 {password}
仪表盘：{url}/{dashboard}
设备：{url}/config/integrations/integration/meeting_rooms
模拟器：{simulator_url}/_control/（开始会议、模拟摄像头故障等）

首次启动时已添加三个账号和仪表盘。如需手动添加，请先删除对应的账号，再打开
「设置」>「设备与服务」>「添加集成」>「{integration}」，并填写：
{accounts}

会议室状态会自动变化。腾讯会议中前 {scenes} 间正常使用的会议室会在约五分钟内出现所有可用状态，
并不断循环；演示中，预订开始一分钟后仍无人使用即显示为「{no_show}」。其中两间配有
人体存在传感器（可在 {url}/config/helpers 中切换），另有一间的预订来自本地日历
（{url}/calendar）。

按 Ctrl-C 停止演示；下次启动会保留当前的 Home Assistant，使用 --fresh 可重新开始。
"""
GUIDES = {"en": ENGLISH, "zh-Hans": CHINESE}
FIELDS = {"en": "    {}: {}", "zh-Hans": "    {}：{}"}


def guide(
    language: str, url: str, simulator_url: str, forms: Mapping[str, JSON]
) -> str:
    """Return the whole guide in one language."""
    texts = load_texts(language)
    lines = [
        line
        for vendor, form in forms.items()
        for line in _account(texts["config"]["step"][vendor], form, FIELDS[language])
    ]
    return GUIDES[language].format(
        url=url,
        dashboard=DASHBOARD,
        simulator_url=simulator_url,
        scenes=len(SCENES),
        no_show=texts["entity"]["sensor"]["availability"]["state"]["no_show"],
        user=USER,
        password=PASSWORD,
        integration=integration_name(),
        accounts="\n".join(lines),
    )


def _account(texts: JSON, form: JSON, line: str) -> Iterator[str]:
    """Yield the values of one account's form, with the labels of its fields."""
    yield f"\n  {texts['title']}"
    for field, value in form.items():
        yield line.format(texts["data"][field], value)
