"""Build the three lists of rooms in a Quanshi booking."""

from simulator.company.booking import Booking, RoomRequest
from simulator.company.conference_room import ConferenceRoom
from simulator.messages import Row


def room_lists(booking: Booking, rooms: dict[int, ConferenceRoom]) -> Row:
    """Return the room requests of a booking in each of the three lists."""
    known = [each for each in booking.requests if each.room_id in rooms]
    rows = [room_row(booking, each, rooms[each.room_id]) for each in known]
    boxes = [
        box | {"ApplyUserId": booking.host_id, "ApprovalStatus": int(each.approval)}
        for each in known
        for box in equipment(rooms[each.room_id])
    ]
    return {
        "houseList": rows,
        "equipList": boxes,
        "detailHouseList": [
            detailed_room_row(row, rooms[row["DeviceId"]]) for row in rows
        ]
        or None,
    }


def room_row(booking: Booking, request: RoomRequest, room: ConferenceRoom) -> Row:
    """Return the row of a room request."""
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


def detailed_room_row(row: Row, room: ConferenceRoom) -> Row:
    """Return the row of a room request with the devices; half of the rooms have text ids."""
    devices = [
        {"DeviceId": box["DeviceId"], "DeviceType": 3, "DeviceName": box["DeviceName"]}
        for box in equipment(room)
    ]
    fields = {key: value for key, value in row.items() if not key.startswith("Parent")}
    if room.room_id % 4:
        fields |= {"DeviceId": str(room.room_id), "Floor": room.floor}
        fields["ApplyStatus"] = fields.pop("ApprovalStatus")
    return fields | {"SubDevices": devices}


def equipment(room: ConferenceRoom) -> list[Row]:
    """Return the rows of a room's devices."""
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
