"""Test the blueprint that finds a room by voice, without a language model."""

from typing import Any, Final, cast

import pytest

from homeassistant.components.automation import EVENT_AUTOMATION_TRIGGERED
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_capture_events

from ..home import TENCENT
from .house import OTHER, ROOM, House

ROOMS: Final = {ROOM: ("Lotus", 6, "3F"), OTHER: ("Hall", 12, "5F")}


FREE: Final = "These rooms are free: Lotus (3F, 6 seats); Hall (5F, 12 seats)."
HALL: Final = "This room is free: Hall (5F, 12 seats)."
LOTUS: Final = "This room is free: Lotus (3F, 6 seats)."
NOW_ONLY: Final = "I can only find rooms that are free now."
FREE_ZH: Final = "找到以下空闲会议室：Lotus（3F，6 人）；Hall（5F，12 人）。"
HALL_ZH: Final = "找到以下空闲会议室：Hall（5F，12 人）。"
LOTUS_ZH: Final = "找到以下空闲会议室：Lotus（3F，6 人）。"
UNCLEAR: Final = "I did not understand for how many people."
UNCLEAR_ZH: Final = "没有听清人数，请再说一遍。"
NOW_ONLY_ZH: Final = "只能查找现在空闲的会议室。"

ANSWERS: Final = {
    "Find me a room for six": FREE,
    "find me a meeting room for 6 people": FREE,
    "give us a free room for twelve people.": HALL,
    "I need a room": FREE,
    "I need a room for seven, please": HALL,
    "a room for 8": HALL,
    "please find me a room for a dozen people": HALL,
    "can you find me a room": FREE,
    "are there any rooms free": FREE,
    "which meeting rooms are free on the third floor": LOTUS,
    "is there a free room for two on the fifth floor?": HALL,
    "find a room on the third floor for six people": LOTUS,
    "find me a room for twenty-five": "No room for 25 is free for the next 30 minutes.",
    "find me a room for a hundred people": "No room for 100 is free for the next 30 minutes.",
    "hey, find me a room for seven people right now": HALL,
    "good morning, find me a room": FREE,
    "can I have a meeting room for eight": HALL,
    "I'd like a room for 7 people": HALL,
    "I'm looking for a meeting room": FREE,
    "is any meeting room available right now": FREE,
    "do we have a free room": FREE,
    "which room is free now": FREE,
    "where is a free room": FREE,
    "any rooms free": FREE,
    "find a seven-person room": HALL,
    "find a ten person meeting room": HALL,
    "find a room that seats ten": HALL,
    "find me a room with eight seats": HALL,
    "find me a room for a meeting": FREE,
    "find me a room for a couple of people": FREE,
    "find me a room for five or six people": FREE,
    "find me a room for 6 to 8 people": HALL,
    "find me a room for 6-8 people": HALL,
    "find me a room for me and six colleagues": HALL,
    "find me a room for twenty five people": "No room for 25 is free for the next 30 minutes.",
    "find me a room for one hundred people": "No room for 100 is free for the next 30 minutes.",
    "find us a room for two dozen people": "No room for 24 is free for the next 30 minutes.",
    "find me a room on the third floor right now": LOTUS,
    "is there a room for two on floor seven": "No room for 2 is free there for the next 30 minutes.",
    "find me a room for a few people": UNCLEAR,
    "find me a room for ten o'clock": NOW_ONLY,
    "find me a room for my team": UNCLEAR,
    "find me a room for six at three": NOW_ONLY,
    "find me a room for six at 3 pm": NOW_ONLY,
    "find me a room for six in the afternoon": NOW_ONLY,
    "find me a room for six in half an hour": NOW_ONLY,
    "is there a room for six tomorrow": NOW_ONLY,
    "帮我找一个明天下午的六人会议室": NOW_ONLY_ZH,
    "帮我找明天下午的会议室": NOW_ONLY_ZH,
    "帮我找半小时后的会议室": NOW_ONLY_ZH,
    "帮我找一个六个人的会议室": FREE_ZH,
    "帮我找个能坐十二个人的会议室。": HALL_ZH,
    "帮我找个五六个人的会议室": FREE_ZH,
    "帮我找个七八位的会议室": HALL_ZH,
    "找一间12人会议室": HALL_ZH,
    "给我找一个会议室": FREE_ZH,
    "能帮我找个七人会议室吗": HALL_ZH,
    "我要一个七人会议室": HALL_ZH,
    "帮我在五楼找一个两个人的会议室": HALL_ZH,
    "帮我找个5F的会议室": HALL_ZH,
    "五楼有没有会议室": HALL_ZH,
    "有没有三楼的六人会议室？": LOTUS_ZH,
    "有没有空闲会议室": FREE_ZH,
    "哪个会议室有空": FREE_ZH,
    "请帮我找会议室": FREE_ZH,
    "早上好，帮我找个会议室": FREE_ZH,
    "给我一个七人的会议室": HALL_ZH,
    "我想找一个七个人的会议室": HALL_ZH,
    "麻烦帮我找个会议室开会": FREE_ZH,
    "帮我找个会议室，七个人": HALL_ZH,
    "我们有七个人，帮我找个会议室": HALL_ZH,
    "我们俩找个会议室": FREE_ZH,
    "两个人的会议室": FREE_ZH,
    "十人会议室": HALL_ZH,
    "找一个俩人的会议室": FREE_ZH,
    "现在有没有空的会议室": FREE_ZH,
    "有没有会议室": FREE_ZH,
    "还有空的会议室吗": FREE_ZH,
    "帮我看看有没有七人会议室": HALL_ZH,
    "现在哪些会议室有空": FREE_ZH,
    "帮我看看现在哪个会议室空着": FREE_ZH,
    "哪里有空会议室": FREE_ZH,
    "现在有哪些空闲会议室": FREE_ZH,
    "会议室有空的吗": FREE_ZH,
    "现在能用的会议室有哪些": FREE_ZH,
    "现在五楼有没有空的会议室": HALL_ZH,
    "在三楼有没有会议室": LOTUS_ZH,
    "帮我找个大一点的会议室": FREE_ZH,
    "帮我找个6到8个人的会议室": HALL_ZH,
    "七楼有没有会议室": "未来 30 分钟七楼没有空闲会议室。",
    "帮我找个十来个人的会议室": UNCLEAR_ZH,
    "帮我找个二十多人的会议室": UNCLEAR_ZH,
    "帮我找个三点的会议室": NOW_ONLY_ZH,
    "找一个二十五人的会议室": "未来 30 分钟没有能容纳 25 人的空闲会议室。",
    "找一个一百人的会议室": "未来 30 分钟没有能容纳 100 人的空闲会议室。",
    "找一个一百二十人的会议室": "未来 30 分钟没有能容纳 120 人的空闲会议室。",
    "找一个十几个人的会议室": UNCLEAR_ZH,
    "find me a room after lunch": NOW_ONLY,
    "find me a room by two": NOW_ONLY,
    "find me a room for 3 p.m.": NOW_ONLY,
    "find me a room for three pm": NOW_ONLY,
    "find me a room from half past ten": NOW_ONLY,
    "find me a room at half past two": NOW_ONLY,
    "find me a room at quarter past three": NOW_ONLY,
    "find me a room at midday": NOW_ONLY,
    "find me a room in 20 mins": NOW_ONLY,
    "find me a room in 20min": NOW_ONLY,
    "find me a room in an hr": NOW_ONLY,
    "find me a room on the weekend": NOW_ONLY,
    "find me a room for two thirty": NOW_ONLY,
    "find me a room before the meeting": NOW_ONLY,
    "find me a room soon": NOW_ONLY,
    "find me a room between two and three": NOW_ONLY,
    "do we have a room tomorrow": NOW_ONLY,
    "are there any rooms in use": NOW_ONLY,
    "find me a room next to the kitchen": FREE,
    "find me a room used by six people": FREE,
    "is there a room with eight seats": HALL,
    "is there a meeting room that can seat seven people": HALL,
    "is there a room, please": FREE,
    "帮我找两点的会议室": NOW_ONLY_ZH,
    "帮我找零点的会议室": NOW_ONLY_ZH,
    "帮我找半小时以后的会议室": NOW_ONLY_ZH,
    "帮我找半小时之后的会议室": NOW_ONLY_ZH,
    "帮我找十分钟以后的会议室": NOW_ONLY_ZH,
    "帮我找一会儿用的会议室": NOW_ONLY_ZH,
    "帮我找礼拜三的会议室": NOW_ONLY_ZH,
    "帮我找周末的会议室": NOW_ONLY_ZH,
    "帮我找下午一点的会议室": NOW_ONLY_ZH,
    "帮我找一点的会议室": NOW_ONLY_ZH,
    "找个十一点的会议室": NOW_ONLY_ZH,
    "帮我找明早的会议室": NOW_ONLY_ZH,
    "帮我找过半小时用的会议室": NOW_ONLY_ZH,
    "帮我找饭后用的会议室": NOW_ONLY_ZH,
    "帮我找15:30的会议室": NOW_ONLY_ZH,
    "帮我找个宽敞一点的会议室": FREE_ZH,
    "帮我找个亮一点的会议室": FREE_ZH,
    "帮我找个明亮的会议室": FREE_ZH,
    "帮我找个接待会议室": FREE_ZH,
    "找一会议室": FREE_ZH,
    "帮我找个会议室坐一会儿": FREE_ZH,
    "有没有三楼的会议室": LOTUS_ZH,
    "有没有五楼的空会议室": HALL_ZH,
    "三楼哪个会议室空着": LOTUS_ZH,
    "现在三楼哪个会议室有空": LOTUS_ZH,
    "三楼有没有六人会议室": LOTUS_ZH,
    "有没有一个六人的会议室": FREE_ZH,
    "有没有5F的会议室": HALL_ZH,
    "3f有没有会议室": LOTUS_ZH,
    "帮我找个不超过半小时的会议室": FREE_ZH,
    "b1有没有会议室": "未来 30 分钟 B1 没有空闲会议室。",
    "在7楼找一个六人会议室": "未来 30 分钟 7 楼没有能容纳 6 人的空闲会议室。",
}
"""What is answered while both rooms are free."""


LENGTHS: Final = {
    "find me a room for 30 minutes": FREE,
    "find me a room for the next hour": FREE,
    "find me a room for two hours": HALL,
    "find me a room for an hour and a half for 6": HALL,
    "find me a room for one and a half hours": HALL,
    "find me a room for twenty five minutes": FREE,
    "find me a room for a 90 minute meeting": HALL,
    "find a room for the next two hours for two": HALL,
    "find me a room for six for 80 minutes": HALL,
    "find me a room for one hour for seven people": HALL,
    "帮我找一个30分钟的会议室": FREE_ZH,
    "帮我找个两小时的会议室": HALL_ZH,
    "帮我找一个半小时的六人会议室": HALL_ZH,
    "帮我找个四十五分钟的会议室": FREE_ZH,
    "帮我找个会议室，用两个小时": HALL_ZH,
    "找个会议室开一个半小时会": HALL_ZH,
}
"""What is answered while the smaller room is booked in 75 minutes."""

OTHER_QUESTIONS: Final = (
    "有人在会议室吗",
    "有没有人在会议室",
    "有几盏灯亮在会议室",
    "我需要打开会议室",
    "我在三楼会议室",
    "在会议室打开灯",
    "把会议室的灯关掉",
    "turn on the lights in the meeting room",
    "is there a light on in the meeting room",
    "看看有没有人在会议室",
    "会议室有空调吗",
    "三个人在会议室",
    "show me the living room",
    "any room lights on",
    "what is the temperature of the meeting room",
    "is there a room temperature sensor",
    "are there rooms with lights on",
    "is there a conference room light",
    "show me meeting room lights",
    "get room temperature",
    "list rooms with lights on",
    "有没有人在三楼的会议室",
    "三楼有人在会议室吗",
    "有个人在会议室吗",
    "哪个会议室有人",
)


@pytest.fixture
async def office(house: House) -> House:
    """Return a house with a room for six on the third floor and one for twelve on the fifth."""
    for room, (name, seats, floor) in ROOMS.items():
        house.company.change(
            TENCENT,
            room,
            participant_number=seats,
            meeting_room_name=name,
            city="",
            building="",
            floor=floor,
        )
    await house.home.restart(house.entry)
    await house.home.live(310)
    for component in ("homeassistant", "conversation"):
        assert await async_setup_component(house.hass, component, {})
    await house.automate("voice_find_room")
    return house


async def ask(house: House, sentence: str) -> str:
    """Return the answer to a sentence."""
    answer: Any = await house.hass.services.async_call(
        "conversation",
        "process",
        {"text": sentence, "language": "en"},
        blocking=True,
        return_response=True,
    )
    return cast(str, answer["response"]["speech"]["plain"]["speech"])


async def test_questions_are_answered(office: House) -> None:
    """In English and in Chinese, with digits and words."""
    answers = {sentence: await ask(office, sentence) for sentence in ANSWERS}
    assert answers == ANSWERS


async def test_a_room_is_free_for_the_requested_time(office: House) -> None:
    """A number of minutes or hours is not one of people."""
    await office.reach("10:15")
    office.book("11:30", "12:00")
    await office.home.live(300)
    answers = {
        sentence: (await ask(office, sentence))
        .replace(" until 11:30", "")
        .replace("空闲至 11:30", "")
        for sentence in LENGTHS
    }
    assert answers == LENGTHS


async def test_other_questions_are_left_to_the_agent(office: House) -> None:
    """They are about things in the rooms."""
    runs = async_capture_events(office.hass, EVENT_AUTOMATION_TRIGGERED)
    taken = []
    for sentence in OTHER_QUESTIONS:
        await ask(office, sentence)
        taken += [sentence] * len(runs)
        runs.clear()
    assert taken == []


async def test_used_and_booked_rooms_are_left_out(office: House) -> None:
    """The answer says until when a room is free."""
    office.use(OTHER)
    office.book("11:00", "12:00")
    await office.reach("10:25")
    assert await ask(office, "find me a room") == (
        "This room is free: Lotus (3F, 6 seats) until 11:00."
    )
    assert await ask(office, "找会议室") == (
        "找到以下空闲会议室：Lotus（3F，6 人）空闲至 11:00。"
    )
    await office.reach("10:35")
    assert await ask(office, "find me a room for six") == (
        "No room for 6 is free for the next 30 minutes."
    )
