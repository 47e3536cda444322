"""Tell what a day consisted of."""

from .day import Day
from .figures import peak_mib


def summary(day: Day, seconds: float) -> str:
    """Return what happened, what it cost, and what is held at the begin and at the end."""
    ledger = day.ledger
    lines = ["", f"{'what happened':<34}{'times':>7}  slowest to be right again"]
    lines += [
        f"{name:<34}{times:>7}  {ledger.slowest[name]:.0f} s"
        for name, times in sorted(ledger.happened.items())
    ]
    lines += ["", f"{'requests':<34}{sum(ledger.requests.values()):>7}"]
    lines += [
        f"  {api:<32}{number:>7}" for api, number in sorted(ledger.requests.items())
    ]
    lines += [
        "",
        f"{'outages of an account':<34}{ledger.outages:>7}",
        f"{'recoveries while it was loaded':<34}{ledger.recoveries:>7}",
        f"{'credentials given again':<34}{sum(ledger.logins.values()):>7}",
        "",
        "lines in the log",
    ]
    lines += [
        f"{number:>7}  {text}" for text, number in day.log.sentences().most_common()
    ]
    rows = [each.rows() for each in day.figures.values()]
    lines += ["", f"{'held':<34}" + "".join(f"{name:>12}" for name in day.figures)]
    lines += [
        f"{name:<34}" + "".join(f"{row[name]:>12}" for row in rows)
        for name in (rows[0] if rows else ())
    ]
    lines += ["", f"{seconds:.0f} seconds, at most {peak_mib():.0f} MiB of memory"]
    return "\n".join(lines)
