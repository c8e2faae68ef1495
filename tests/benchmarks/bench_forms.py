"""What a form costs: loading beside a bare parse, answering beside bare writes. Ratios, median of three.

Run: python tests/benchmarks/bench_forms.py [--smoke] [--ours FORM.xml OUT.json]. With --smoke the form is small and
only the bars with slack are held. --ours plays the fixed steps of the peer engines on their form and writes the
figures in their shape.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from officer_app.base.clock import SystemClock  # noqa: E402  the path comes first
from officer_app.checklists.form import Form, read_form  # noqa: E402
from officer_app.checklists.session import FormSession  # noqa: E402

LOAD_BAR_S, ANSWER_BAR_MS, ADD_BAR_MS, CHECK_BAR_MS, MEMORY_BAR_MB = 0.5, 16.0, 10.0, 200.0, 60.0
Times = dict[str, list[float]]


def _timed(times: Times, label: str, run: Callable[[], object]) -> object:
    start = time.perf_counter()
    result = run()
    times.setdefault(label, []).append((time.perf_counter() - start) * 1000)
    return result


def _session(form: Form) -> FormSession:
    """In UTC, as the peer engines are run."""
    return FormSession(form, SystemClock(), random.Random(1), zone=UTC)  # noqa: S311  the same in every run


def play(session: FormSession, sections: int, repeats: int) -> Times:
    """The fixed steps: every section, the cascade, a long repeat."""
    times: Times = {}

    def put(label: str, ref: str, text: str) -> None:
        _timed(times, label, lambda: session.set(ref, text))

    for i in range(sections):
        put("set int (chain of sums behind it)", f"/data/s{i}/a{i}", str(i + 1))
        put("set int", f"/data/s{i}/b{i}", "3")
        put("select yes (relevance)", f"/data/s{i}/y{i}", "yes")
        put("set text", f"/data/s{i}/n{i}", "备注")
        put("set decimal", f"/data/s{i}/d{i}", "12.5")
        put("set date", f"/data/s{i}/dt{i}", "2024-02-29")
    for province in ("p3", "p7", "p3"):
        put("province", "/data/province", province)
        counties = _timed(times, "county options", lambda: session.choices("/data/county", "zh_CN"))
        put("county", "/data/county", counties[0].name)  # type: ignore[index]
        villages = _timed(times, "village options (of all)", lambda: session.choices("/data/village", "zh_CN"))
        put("village", "/data/village", villages[1].name)  # type: ignore[index]
    for _ in range(repeats - 1):
        _timed(times, "add one repeat", lambda: session.add_repeat("/data/asset"))
    times["add 199 repeats"] = [sum(times["add one repeat"])]
    for i in range(1, repeats + 1):
        put("repeat qty", f"/data/asset[{i}]/qty", str(i))
        put("repeat price (200 shares depend)", f"/data/asset[{i}]/price", "2.5")
    _timed(times, "remove repeat 100", lambda: session.remove_repeat("/data/asset", repeats // 2))
    put("re-price one of 199", f"/data/asset[{repeats // 4}]/price", "7")
    _timed(times, "read all nodes", session.state)
    _timed(times, "show every section", lambda: session.sections("zh_CN"))
    _timed(times, "validate all", lambda: session.problems("zh_CN"))
    _timed(times, "serialise instance", session.finalised)
    _timed(times, "undo", session.undo)
    _timed(times, "redo", session.redo)
    return times


def _parse_seconds(xml: bytes) -> float:
    start = time.perf_counter()
    etree.fromstring(xml)
    return time.perf_counter() - start


def _load_seconds(xml: bytes) -> float:
    start = time.perf_counter()
    _session(read_form(xml))
    return time.perf_counter() - start


def _bare_write_ms() -> float:
    """The lower limit of an answer: one text into a dict."""
    answers: dict[str, str] = {}
    start = time.perf_counter()
    for number in range(10_000):
        answers[f"/data/s{number}/a{number}"] = "3"
    return (time.perf_counter() - start) / 10


def _memory_mb(xml: bytes) -> float:
    """What a process of its own holds after the fixed steps, the interpreter included, as the peers are measured."""
    with tempfile.TemporaryDirectory() as folder:
        form, out = Path(folder) / "form.xml", Path(folder) / "ours.json"
        form.write_bytes(xml)
        subprocess.run([sys.executable, __file__, "--ours", str(form), str(out)], check=True, timeout=300)
        return float(json.loads(out.read_text(encoding="utf-8"))["rss_mb"])


def _p99(figures: list[float]) -> float:
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * 0.99))]


_NO_ANSWER = {
    *("add 199 repeats", "add one repeat", "read all nodes", "show every section"),
    *("validate all", "serialise instance"),
}


def measure(sections: int, villages: int, repeats: int) -> dict[str, tuple[float, float]]:
    """Each figure with its bar, and the ratios to the lower limits printed."""
    from tests.support.big_form import big_form  # not above: the process that is measured needs no compiler

    xml = big_form(sections, villages)
    load = statistics.median(_load_seconds(xml) for _ in range(3))
    parse = statistics.median(_parse_seconds(xml) for _ in range(3))
    runs = [play(_session(read_form(xml)), sections, repeats) for _ in range(3)]
    answers = [[each for label, all_ in run.items() if label not in _NO_ANSWER for each in all_] for run in runs]
    p50 = statistics.median(statistics.median(run) for run in answers)
    print(f"load / bare parse       {load / parse:8.1f} x   ({load * 1000:.0f} ms / {parse * 1000:.0f} ms)")
    print(f"answer / bare dict set  {p50 / _bare_write_ms():8.1f} x   (p50 {p50:.3f} ms)")
    for label in runs[0]:
        middle = statistics.median(statistics.median(run[label]) for run in runs)
        print(f"  {label:36} p50 {middle:8.3f} ms   max {max(max(run[label]) for run in runs):8.3f} ms")
    return {
        "load s": (load, LOAD_BAR_S),
        "answer p99 ms": (statistics.median(_p99(run) for run in answers), ANSWER_BAR_MS),
        "add a repeat ms": (statistics.median(max(run["add one repeat"][-20:]) for run in runs), ADD_BAR_MS),
        "full check ms": (statistics.median(run["validate all"][0] for run in runs), CHECK_BAR_MS),
        "memory MB": (_memory_mb(xml), MEMORY_BAR_MB),
    }


def _stat(figures: list[float]) -> dict[str, float]:
    order = sorted(figures)
    return {
        "n": len(order),
        "sum_ms": round(sum(order), 2),
        "p50_ms": round(order[len(order) // 2], 3),
        "p95_ms": round(order[int(len(order) * 0.95)], 3),
        "max_ms": round(order[-1], 3),
    }


_CHECKED = (
    *("/data/village_label", "/data/asset_total", "/data/asset_n", "/data/asset_max", "/data/grand"),
    *("/data/asset[199]/pos", "/data/asset[50]/share", "/data/s0/r0", "/data/s0/e0"),
)


def _resident_mb() -> float:
    """What the whole process holds, the interpreter included; Linux alone tells."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((round(int(line.split()[1]) / 1000, 1) for line in lines if line.startswith("VmRSS:")), 0.0)


def write_ours(form: Path, out: Path) -> None:
    """The peers' steps on their form, in their shape."""
    xml = form.read_bytes()
    start = time.perf_counter()
    loaded = read_form(xml)
    middle = time.perf_counter()
    session = _session(loaded)
    end = time.perf_counter()
    sections = sum(1 for ref in session.state() if ref.startswith("/data/s") and "/a" in ref)
    times = play(session, sections, 200)
    state = session.state()
    checked = (*_CHECKED, f"/data/s{sections - 1}/t{sections - 1}")
    found = {
        "load_ms": round((middle - start) * 1000, 1),
        "create_ms": round((end - middle) * 1000, 1),
        "rss_mb": _resident_mb(),
        "bench": {label: _stat(figures) for label, figures in times.items()},
        "check": {ref: state[ref][0] for ref in checked if ref in state},
    }
    out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def main() -> int:
    """Print the figures; 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--ours", nargs=2, type=Path, metavar=("FORM", "OUT"))
    asked = parser.parse_args()
    if asked.ours:
        write_ours(*asked.ours)
        return 0
    found = measure(8, 400, 40) if asked.smoke else measure(98, 5000, 200)
    missed = 0
    for name, (figure, bar) in found.items():
        missed += figure > bar
        print(f"{name:20} {figure:10.3f}   bar {bar:g}   {'ok' if figure <= bar else 'MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
