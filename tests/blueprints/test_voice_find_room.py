"""Test the blueprint that finds a room by voice, without a language model."""

from typing import Any, Final, cast

import pytest

from homeassistant.setup import async_setup_component

from ..home import TENCENT
from .house import OTHER, ROOM, House

ROOMS: Final = {ROOM: ("Lotus", 6, "3F"), OTHER: ("Hall", 12, "5F")}


ANSWERS: Final = {
    "Find me a room for six": "These rooms are free: Lotus (3F) for 6; Hall (5F) for 12.",
    "find me a meeting room for 6 people": "These rooms are free: Lotus (3F) for 6; Hall (5F) for 12.",
    "give us a free room for twelve people.": "These rooms are free: Hall (5F) for 12.",
    "I need a room": "These rooms are free: Lotus (3F) for 6; Hall (5F) for 12.",
    "is there a free room for two on the fifth floor?": "These rooms are free: Hall (5F) for 12.",
    "find a room on the third floor for six people": "These rooms are free: Lotus (3F) for 6.",
    "find me a room for twenty-five": "No room for 25 is free for the next 30 minutes.",
    "find me a room for my team": "I did not understand for how many people.",
    "find me a room for two hours": "These rooms are free: Lotus (3F) for 6; Hall (5F) for 12.",
    "find me a room for six at three": "I can only find rooms that are free now.",
    "is there a room for six tomorrow": "I can only find rooms that are free now.",
    "帮我找一个明天下午的六人会议室": "只能查找现在空闲的会议室。",
    "帮我找一个六个人的会议室": "找到以下空闲会议室：Lotus（3F），6 人；Hall（5F），12 人。",
    "帮我找个能坐十二个人的会议室。": "找到以下空闲会议室：Hall（5F），12 人。",
    "找一间12人会议室": "找到以下空闲会议室：Hall（5F），12 人。",
    "帮我在五楼找一个两个人的会议室": "找到以下空闲会议室：Hall（5F），12 人。",
    "有没有三楼的六人会议室？": "找到以下空闲会议室：Lotus（3F），6 人。",
    "请帮我找会议室": "找到以下空闲会议室：Lotus（3F），6 人；Hall（5F），12 人。",
    "找一个二十五人的会议室": "未来 30 分钟没有能容纳 25 人的空闲会议室。",
}
"""What is answered while both rooms are free."""


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


async def test_used_and_booked_rooms_are_left_out(office: House) -> None:
    """The answer says until when a room is free."""
    office.use(OTHER)
    office.book("11:00", "12:00")
    await office.reach("10:25")
    assert await ask(office, "find me a room") == (
        "These rooms are free: Lotus (3F) for 6, free until 11:00."
    )
    assert await ask(office, "找会议室") == (
        "找到以下空闲会议室：Lotus（3F），6 人，空闲至 11:00。"
    )
    await office.reach("10:35")
    assert await ask(office, "find me a room for six") == (
        "No room for 6 is free for the next 30 minutes."
    )
