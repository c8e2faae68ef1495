"""Where a file comes from: which camera, which program, and whether its tags are still there."""

from __future__ import annotations

from officer_app.base.words import N_, message
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict
from officer_app.evidence.visits import Device, DeviceUse, VisitContext


def device_of(tags: Tags) -> Device | None:
    """The camera that the tags name, or None."""
    if tags.make is None and tags.model is None:
        return None
    return Device(tags.make or "", tags.model or "", tags.serial)


def device(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    code, device = FindingCode.DEVICE_UNKNOWN, device_of(tags)
    if device is None:
        return Finding(code, Verdict.CANNOT_TELL, message(N_("The photo does not name its camera.")))
    name = f"{device.make} {device.model}".strip()
    # Two officers often carry the same model: only a serial number can say that it is the same phone.
    if device.serial and any(_is_recent(use, device, context, thresholds) for use in context.devices_of_others):
        return Finding(
            code,
            Verdict.STOP,
            message(N_("Another officer used this very camera ({camera}) in the same week."), camera=name),
        )
    if device in context.known_devices:
        return Finding(
            code, Verdict.PASS, message(N_("Taken with a camera this officer uses: {camera}."), camera=name)
        )
    if not context.known_devices:
        return Finding(
            code, Verdict.CANNOT_TELL, message(N_("The first camera seen of this officer: {camera}."), camera=name)
        )
    return Finding(
        code, Verdict.LOOK_CLOSER, message(N_("A camera this officer has not used before: {camera}."), camera=name)
    )


def _is_recent(use: DeviceUse, device: Device, context: VisitContext, thresholds: Thresholds) -> bool:
    return use.device == device and abs(context.received_at - use.last_used) <= thresholds.shared_device


def tags_rule(tags: Tags, _context: VisitContext, _thresholds: Thresholds) -> Finding:
    return tags_present(tags)


def tags_present(tags: Tags) -> Finding:
    code = FindingCode.TAGS_MISSING
    has_time = tags.taken_local is not None or tags.satellite_at is not None
    if has_time and tags.has_place:
        return Finding(code, Verdict.PASS, message(N_("Time and place are in the photo.")))
    if has_time:
        return Finding(code, Verdict.LOOK_CLOSER, message(N_("The photo holds no place.")))
    if tags.has_place:
        return Finding(code, Verdict.LOOK_CLOSER, message(N_("The photo holds no time.")))
    return Finding(
        code,
        Verdict.STOP,
        message(N_("The photo holds neither time nor place, as after a chat app. Ask for the original.")),
    )
