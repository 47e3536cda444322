"""Generate the properties of a room, with the unusual values that the vendors return."""

from base64 import b64encode

from simulator.canaries import Canaries
from simulator.enums import VendorName

from .names import Location
from .properties import (
    AccountInfo,
    BasicInfo,
    ControllerInfo,
    HardwareInfo,
    PmiInfo,
    RoomProperties,
    RoomSettings,
)
from .round_robin import RoundRobin

CPU = "Intel(R) Core(TM) i7-7700K CPU @ 4.20GHz"
DESCRIPTIONS = ("靠窗，带白板", "hello", "", "Room with a view 🏯")
FREQUENCIES: tuple[int | str, ...] = (0, 60, "60", "0", 30, "59.94")
BROKEN_DESCRIPTION = "XXXXXXX"


class PropertyGenerator:
    """Generate the properties of one vendor's rooms."""

    def __init__(self, vendor: VendorName, seed: int, canaries: Canaries) -> None:
        """Set the vendor and the seed."""
        self._tencent = vendor is VendorName.TENCENT_MEETING
        self._seed = seed
        self._canaries = canaries

    def generate(self, index: int, location: Location) -> RoomProperties:
        """Return the properties of the room with an index."""
        options = RoundRobin(self._seed, index)
        count = options.pick("devices", (1, 1, 1, 2, 1, 1))
        rooms_ids = [
            f"2001152000{40_000_000 + index * 7 + number:08}" for number in range(count)
        ]
        return RoomProperties(
            basic=self._basic(options, location, rooms_ids),
            account=self._account(options),
            hardware=self._hardware(options, index),
            pmi=self._pmi(options, index),
            settings=self._settings(options),
            active_code=self._canaries.text("active_code"),
            controller=self._controller(options, index, rooms_ids[0]),
        )

    def _basic(
        self, options: RoundRobin, location: Location, rooms_ids: list[str]
    ) -> BasicInfo:
        """Return the basic properties, with one of the three forms of the password."""
        properties = BasicInfo(
            rooms_id_list=rooms_ids,
            meeting_room_name=location.name
            + options.pick("name tail", ("", "", "", " ")),
            city=location.city,
            building=location.building,
            floor=location.floor,
            participant_number=options.pick("people", (3, 6, 8, 12, 20, 40, 0)),
            device=options.pick("device", ("ROOMS", "ROOMS", "", "TV ", "白板,投影")),
            desc=_description(options),
        )
        match options.pick(
            "password",
            ("old", "new", "none") if self._tencent else ("old", "old", "new"),
        ):
            case "old":
                properties.password = self._canaries.base64("password")
            case "new":
                properties.admin_password_enabled = True
                properties.admin_password = self._canaries.base64("admin_password")
            case _:
                properties.admin_password_enabled = False
        return properties

    def _account(self, options: RoundRobin) -> AccountInfo:
        """Return the account of the room."""
        kind = options.pick("account", (0, 0, 1, 0, 2))
        grown = self._tencent or options.pick("grown", (True, False, False))
        return AccountInfo(
            account_new_type=options.pick("tier", (0, 1)) if grown else None,
            account_type=kind,
            valid_period="-"
            if kind == 0
            else options.pick("valid", ("2027-03-31", "-", "")),
        )

    def _hardware(self, options: RoundRobin, index: int) -> HardwareInfo:
        """Return the hardware of the room."""
        maker, model = options.pick(
            "maker",
            (("HUAWEI", "IdeaHub B2"), ("", ""), ("MAXHUB", "UC W31"), ("-", "-")),
        )
        return HardwareInfo(
            factory=maker,
            device_model=model,
            sn=f"SN{self._seed:03}{index:06}" if maker not in ("", "-") else maker,
            ip=f"10.10.{index // 250}.{index % 250 + 1}",
            mac=f"a1:ee:27:{index >> 16 & 255:02x}:{index >> 8 & 255:02x}:{index & 255:02x}",
            rooms_version=options.pick("version", ("2.7.2.420", "3.19.1.512", "")),
            firmware_version=options.pick("firmware", ("", "1.0.8", "-")),
            system_type=options.pick("system", ("10.13.6", "Windows 10", "Android 9 ")),
            active_time=options.pick(
                "active", ("2021-03-23 15:37:34", "2024-11-02 09:00:00", "")
            ),
            cpu_info="|".join([CPU] * options.pick("cpus", (8, 1, 4, 0))),
            gpu_info=options.pick("gpu", ("", "Intel(R) UHD Graphics 630", "-")),
            net_type=options.pick("net", ("ethernet", "wifi", "")),
            memory_info=options.pick("memory", ("", "16GB", "7.8GB ")),
            monitor_frequency=options.pick("frequency", FREQUENCIES),
            camera_model=options.pick("camera", ("FaceTime 高清摄像头(内建)", "", "-")),
            enable_video_mirror=options.pick("mirror", (True, False)),
            microphone_info=options.pick(
                "microphone", ("内建麦克风 ", "", "Yealink VCM36")
            ),
            speaker_info=options.pick("speaker", ("内建输出", "-", "HDMI")),
        )

    def _pmi(self, options: RoundRobin, index: int) -> PmiInfo | None:
        """Return the personal meeting number of the room, if it has one."""
        code = f"{30_000_000 + index * 11:08}"
        match options.pick("pmi", ("good", "broken", "none", "bare")):
            case "good":
                return PmiInfo(code, self._canaries.base64("pmi_pwd"))
            case "broken":
                return PmiInfo(code, self._canaries.broken_base64("pmi_pwd"))
            case "bare":
                return PmiInfo(code, None)
            case _:
                return None if self._tencent else PmiInfo("", "")

    def _settings(self, options: RoundRobin) -> RoomSettings:
        """Return the settings of the room."""
        return RoomSettings(
            monitor_status=options.pick("monitor", (1, 0, 1)),
            is_allow_call=options.pick("call", (True, True, False)),
            scheduled_status=options.pick("scheduled", (1, 1, 1, 0)),
        )

    def _controller(
        self, options: RoundRobin, index: int, rooms_id: str
    ) -> ControllerInfo | None:
        """Return a controller for two rooms in three."""
        if options.pick("controller", (False, True, True)) is False:
            return None
        return ControllerInfo(
            rooms_id=rooms_id,
            controller_name=f"Controller {index + 1}",
            manufacture_name=options.pick("controller maker", ("HUAWEI", "", "Apple")),
            controller_model=options.pick(
                "controller model", ("BZT3-W09", "iPad7,11", "-")
            ),
            app_version=options.pick("controller app", ("3.19.1.512", "2.7.2.420")),
            framework_version=options.pick("controller framework", ("1.2.0", "")),
            ip_address=f"10.11.{index // 250}.{index % 250 + 1}",
            mac_address=f"a2:ee:27:00:{index >> 8 & 255:02x}:{index & 255:02x}",
            cpu_type=options.pick("controller cpu", ("ARM", "", "Kirin 710A")),
            network_type=options.pick("controller net", ("wifi", "ethernet")),
        )


def _description(options: RoundRobin) -> str:
    """Return a description in base64, sometimes an invalid one."""
    if options.pick("broken description", (False, False, False, False, True)):
        return BROKEN_DESCRIPTION
    return b64encode(options.pick("description", DESCRIPTIONS).encode()).decode()
