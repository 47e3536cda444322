"""Test the blueprint of the chime before the end of a booking."""

from ..home import TENCENT
from .house import ROOM, House, entities_of

PLAYER = "media_player.speaker"


async def test_a_booking_that_is_used_chimes_five_minutes_before_its_end(
    house: House,
) -> None:
    """Each of two bookings without a gap has its own chime."""
    played = house.watch("media_player.play_media")
    spoken = house.watch("tts.speak")
    house.book("10:30", "11:00")
    house.book("11:00", "11:30")
    await house.automate(
        "chime",
        bookings=house.entity_id("bookings"),
        players=[PLAYER],
        sound="media-source://media_source/local/gong.mp3",
        actions=[
            {
                "action": "tts.speak",
                "data": {
                    "message": "{{ room_name }}: {{ minutes | int }} minutes until {{ end }}"
                },
            }
        ],
    )
    await house.reach("10:30")
    house.use()
    await house.reach("10:54")
    assert played == []
    await house.reach("10:56")
    assert entities_of(played) == [[PLAYER]]
    assert played[0].data["media"]["media_content_id"].endswith("gong.mp3")
    assert spoken[0].data["message"] == f"{house.name()}: 5 minutes until 11:00"
    await house.reach("12:00")
    assert [call.data["message"][-5:] for call in spoken] == ["11:00", "11:30"]


async def test_an_empty_room_has_no_chime(house: House) -> None:
    """The booking is a no-show."""
    played = house.watch("media_player.play_media")
    house.book("10:30", "11:00")
    await house.automate(
        "chime", bookings=house.entity_id("bookings"), players=[PLAYER]
    )
    await house.reach("10:50")
    assert house.shown("availability") == "no_show"
    await house.reach("11:10")
    assert played == []


async def test_the_chime_follows_the_end_of_a_booking(house: House) -> None:
    """A booking that ends earlier than it was planned has its chime earlier."""
    played = house.watch("media_player.play_media")
    booking = house.company.book(
        TENCENT, ROOM, house.time("10:30"), house.time("11:30")
    )
    await house.automate(
        "chime", bookings=house.entity_id("bookings"), players=[PLAYER], minutes=10
    )
    await house.reach("10:31")
    house.use()
    house.company.move_booking(TENCENT, booking.booking_id, end=house.time("11:00"))
    await house.reach("10:49")
    assert played == []
    await house.reach("10:51")
    assert len(played) == 1


async def test_the_chime_can_depend_on_the_next_booking(house: House) -> None:
    """A room that is free afterwards needs none."""
    played = house.watch("media_player.play_media")
    house.book("10:30", "11:00")
    house.book("11:15", "11:45")
    await house.automate(
        "chime",
        bookings=house.entity_id("bookings"),
        players=[PLAYER],
        only_if_followed=True,
    )
    await house.reach("10:30")
    house.use()
    await house.reach("10:56")
    assert len(played) == 1
    await house.reach("12:10")
    assert len(played) == 1


async def test_a_chime_that_is_missed_in_a_restart_is_not_made_up_for(
    house: House,
) -> None:
    """The account comes back three minutes before the end."""
    played = house.watch("media_player.play_media")
    house.book("10:30", "11:00")
    await house.automate(
        "chime", bookings=house.entity_id("bookings"), players=[PLAYER]
    )
    await house.reach("10:30")
    house.use()
    await house.reach("10:50")
    await house.unload()
    await house.reach("10:57")
    await house.load()
    await house.reach("11:10")
    assert played == []
