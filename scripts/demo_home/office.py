"""Return the credentials of the simulated company and the actual states of its rooms."""

from simulator import Simulator

from .client import JSON

SEED = 1


def forms(simulator: Simulator) -> dict[str, JSON]:
    """Return the values of each vendor's account form."""
    tencent = simulator.accounts.tencent_meeting
    wecom = simulator.accounts.wecom
    quanshi = simulator.accounts.quanshi
    vendors: dict[str, JSON] = {
        "tencent_meeting": {
            "app_id": tencent.app_id,
            "secret_id": tencent.secret_id,
            "secret_key": tencent.secret_key,
            "sdk_id": tencent.sdk_id,
            "operator_id": tencent.operator_id,
        },
        "wecom": {"corp_id": wecom.corp_id, "corp_secret": wecom.corp_secret},
        "quanshi": {"token": quanshi.token, "user_id": quanshi.user_id},
    }
    return {
        vendor: form | {"base_url": simulator.url} for vendor, form in vendors.items()
    }


def account_ids(simulator: Simulator) -> dict[str, str]:
    """Return the unique id of each vendor's account in Home Assistant."""
    return {
        "tencent_meeting": f"tencent_meeting_{simulator.accounts.tencent_meeting.app_id}",
        "wecom": f"wecom_{simulator.accounts.wecom.corp_id}",
        "quanshi": f"quanshi_{simulator.accounts.quanshi.user_id}",
    }


def true_statuses(simulator: Simulator) -> dict[str, dict[str, str]]:
    """Return by vendor the actual state of each room's status entity, by unique id."""
    truth = simulator.truth()
    return {
        vendor: {
            f"{account}_{room_id}_status": status
            for room_id, status in truth[vendor].items()
        }
        for vendor, account in account_ids(simulator).items()
    }


def start_a_meeting(simulator: Simulator, vendor: str) -> str:
    """Start a meeting in the last idle room of a vendor, and return the room's id.

    The first rooms play the scenes of the demo.
    """
    rooms = reversed(simulator.truth()[vendor].items())
    room_id = next(room_id for room_id, status in rooms if status == "idle")
    simulator.company.start_meeting(vendor, room_id)
    return room_id
