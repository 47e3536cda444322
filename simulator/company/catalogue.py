"""Furnish a room: what stands in it and what the vendor prints about it."""

from base64 import b64encode

from simulator.canaries import Canaries
from simulator.vendor import VendorName

from .facts import (
    AccountFacts,
    BasicFacts,
    ControllerFacts,
    HardwareFacts,
    PmiFacts,
    RoomFacts,
    SwitchFacts,
)
from .names import Place
from .spread import Spread

CPU = "Intel(R) Core(TM) i7-7700K CPU @ 4.20GHz"
DESCRIPTIONS = ("靠窗，带白板", "hello", "", "Room with a view 🏯")
FREQUENCIES: tuple[int | str, ...] = (0, 60, "60", "0", 30, "59.94")
BROKEN_DESCRIPTION = "XXXXXXX"


class Furnisher:
    """Furnish the rooms of one vendor."""

    def __init__(self, vendor: VendorName, seed: int, canaries: Canaries) -> None:
        """Furnish from a seed."""
        self._tencent = vendor is VendorName.TENCENT_MEETING
        self._seed = seed
        self._canaries = canaries

    def furnish(self, index: int, place: Place) -> RoomFacts:
        """Return the facts of the room of an index."""
        spread = Spread(self._seed, index)
        count = spread.pick("devices", (1, 1, 1, 2, 1, 1))
        rooms_ids = [
            f"2001152000{40_000_000 + index * 7 + number:08}" for number in range(count)
        ]
        return RoomFacts(
            basic=self._basic(spread, place, rooms_ids),
            account=self._account(spread),
            hardware=self._hardware(spread, index),
            pmi=self._pmi(spread, index),
            switches=self._switches(spread),
            active_code=self._canaries.text("active_code"),
            controller=self._controller(spread, index, rooms_ids[0]),
        )

    def _basic(self, spread: Spread, place: Place, rooms_ids: list[str]) -> BasicFacts:
        """Describe the room, with one of the three ways to print its password."""
        facts = BasicFacts(
            rooms_id_list=rooms_ids,
            meeting_room_name=place.name + spread.pick("name tail", ("", "", "", " ")),
            city=place.city,
            building=place.building,
            floor=place.floor,
            participant_number=spread.pick("people", (3, 6, 8, 12, 20, 40, 0)),
            device=spread.pick("device", ("ROOMS", "ROOMS", "", "TV ", "白板,投影")),
            desc=_description(spread),
        )
        match spread.pick(
            "password",
            ("old", "new", "none") if self._tencent else ("old", "old", "new"),
        ):
            case "old":
                facts.password = self._canaries.base64("password")
            case "new":
                facts.admin_password_enabled = True
                facts.admin_password = self._canaries.base64("admin_password")
            case _:
                facts.admin_password_enabled = False
        return facts

    def _account(self, spread: Spread) -> AccountFacts:
        """Describe the account that the room runs under."""
        kind = spread.pick("account", (0, 0, 1, 0, 2))
        grown = self._tencent or spread.pick("grown", (True, False, False))
        return AccountFacts(
            account_new_type=spread.pick("tier", (0, 1)) if grown else None,
            account_type=kind,
            valid_period="-"
            if kind == 0
            else spread.pick("valid", ("2027-03-31", "-", "")),
        )

    def _hardware(self, spread: Spread, index: int) -> HardwareFacts:
        """Describe the devices of the room."""
        maker, model = spread.pick(
            "maker",
            (("HUAWEI", "IdeaHub B2"), ("", ""), ("MAXHUB", "UC W31"), ("-", "-")),
        )
        return HardwareFacts(
            factory=maker,
            device_model=model,
            sn=f"SN{self._seed:03}{index:06}" if maker not in ("", "-") else maker,
            ip=f"10.10.{index // 250}.{index % 250 + 1}",
            mac=f"a1:ee:27:{index >> 16 & 255:02x}:{index >> 8 & 255:02x}:{index & 255:02x}",
            rooms_version=spread.pick("version", ("2.7.2.420", "3.19.1.512", "")),
            firmware_version=spread.pick("firmware", ("", "1.0.8", "-")),
            system_type=spread.pick("system", ("10.13.6", "Windows 10", "Android 9 ")),
            active_time=spread.pick(
                "active", ("2021-03-23 15:37:34", "2024-11-02 09:00:00", "")
            ),
            cpu_info="|".join([CPU] * spread.pick("cpus", (8, 1, 4, 0))),
            gpu_info=spread.pick("gpu", ("", "Intel(R) UHD Graphics 630", "-")),
            net_type=spread.pick("net", ("ethernet", "wifi", "")),
            memory_info=spread.pick("memory", ("", "16GB", "7.8GB ")),
            monitor_frequency=spread.pick("frequency", FREQUENCIES),
            camera_model=spread.pick("camera", ("FaceTime 高清摄像头(内建)", "", "-")),
            enable_video_mirror=spread.pick("mirror", (True, False)),
            microphone_info=spread.pick(
                "microphone", ("内建麦克风 ", "", "Yealink VCM36")
            ),
            speaker_info=spread.pick("speaker", ("内建输出", "-", "HDMI")),
        )

    def _pmi(self, spread: Spread, index: int) -> PmiFacts | None:
        """Give the room its own meeting number, or none."""
        code = f"{30_000_000 + index * 11:08}"
        match spread.pick("pmi", ("good", "broken", "none", "bare")):
            case "good":
                return PmiFacts(code, self._canaries.base64("pmi_pwd"))
            case "broken":
                return PmiFacts(code, self._canaries.broken_base64("pmi_pwd"))
            case "bare":
                return PmiFacts(code, None)
            case _:
                return None if self._tencent else PmiFacts("", "")

    def _switches(self, spread: Spread) -> SwitchFacts:
        """Set what may be done with the room."""
        return SwitchFacts(
            monitor_status=spread.pick("monitor", (1, 0, 1)),
            is_allow_call=spread.pick("call", (True, True, False)),
            scheduled_status=spread.pick("scheduled", (1, 1, 1, 0)),
        )

    def _controller(
        self, spread: Spread, index: int, rooms_id: str
    ) -> ControllerFacts | None:
        """Put a controller on the table of two rooms in three."""
        if spread.pick("controller", (False, True, True)) is False:
            return None
        return ControllerFacts(
            rooms_id=rooms_id,
            controller_name=f"Controller {index + 1}",
            manufacture_name=spread.pick("controller maker", ("HUAWEI", "", "Apple")),
            controller_model=spread.pick(
                "controller model", ("BZT3-W09", "iPad7,11", "-")
            ),
            app_version=spread.pick("controller app", ("3.19.1.512", "2.7.2.420")),
            framework_version=spread.pick("controller framework", ("1.2.0", "")),
            ip_address=f"10.11.{index // 250}.{index % 250 + 1}",
            mac_address=f"a2:ee:27:00:{index >> 8 & 255:02x}:{index & 255:02x}",
            cpu_type=spread.pick("controller cpu", ("ARM", "", "Kirin 710A")),
            network_type=spread.pick("controller net", ("wifi", "ethernet")),
        )


def _description(spread: Spread) -> str:
    """Describe the room in base64, now and then in what is none."""
    if spread.pick("broken description", (False, False, False, False, True)):
        return BROKEN_DESCRIPTION
    return b64encode(spread.pick("description", DESCRIPTIONS).encode()).decode()
