"""Print the rooms of a booking as Quanshi does, in each of its three lists."""

from simulator.company.booking import Booking, RoomRequest
from simulator.company.conference_room import ConferenceRoom
from simulator.exchange import Row


def room_lists(booking: Booking, rooms: dict[int, ConferenceRoom]) -> Row:
    """Print the requests for rooms in each of the three lists."""
    known = [each for each in booking.requests if each.room_id in rooms]
    houses = [house(booking, each, rooms[each.room_id]) for each in known]
    boxes = [
        box | {"ApplyUserId": booking.host_id, "ApprovalStatus": int(each.approval)}
        for each in known
        for box in equipment(rooms[each.room_id])
    ]
    return {
        "houseList": houses,
        "equipList": boxes,
        "detailHouseList": [
            detailed_house(row, rooms[row["DeviceId"]]) for row in houses
        ]
        or None,
    }


def house(booking: Booking, request: RoomRequest, room: ConferenceRoom) -> Row:
    """Print the request for one room."""
    return {
        "DeviceId": room.room_id,
        "DeviceType": 2,
        "DeviceName": room.name,
        "City": room.city,
        "Location": room.street,
        "Floor": int(room.floor) if room.floor.isdigit() else room.floor,
        "IsMainRoom": request.main,
        "ParentDeviceId": 0,
        "ParentDeviceType": 0,
        "ApplyUserId": booking.host_id,
        "ApprovalStatus": int(request.approval),
    }


def detailed_house(row: Row, room: ConferenceRoom) -> Row:
    """Print the same request with what stands in the room; ids are text in every other room."""
    devices = [
        {"DeviceId": box["DeviceId"], "DeviceType": 3, "DeviceName": box["DeviceName"]}
        for box in equipment(room)
    ]
    printed = {key: value for key, value in row.items() if not key.startswith("Parent")}
    if room.room_id % 4:
        printed |= {"DeviceId": str(room.room_id), "Floor": room.floor}
        printed["ApplyStatus"] = printed.pop("ApprovalStatus")
    return printed | {"SubDevices": devices}


def equipment(room: ConferenceRoom) -> list[Row]:
    """Print what stands in a room."""
    return [
        {
            "DeviceId": device["deviceId"],
            "DeviceType": 3,
            "DeviceName": device["name"],
            "City": room.city,
            "Location": room.street,
            "Floor": room.floor,
            "IsMainRoom": 0,
            "ParentDeviceId": room.room_id,
            "ParentDeviceType": 2,
        }
        for device in room.devices
    ]
