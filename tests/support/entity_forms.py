"""Two small checklists with entities: one registers stalls, the other goes back to them."""

from __future__ import annotations

from officer_app.checklists.compile import compile_form

_REGISTER = """| survey |
| | type | name | label | save_to |
| | text | stall_name | Name | stall_name |
| | text | lane | Lane | lane |
| | select_one yn | fixed | Fixed place? | |

| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |

| entities |
| | list_name | label | create_if |
| | stalls | concat(${stall_name}, ', ', ${lane}) | ${fixed} = 'yes' |

| settings |
| | form_title | form_id | version |
| | Register of stalls | stall_register | 1 |
"""
_RETURN = """| survey |
| | type | name | label | save_to | relevant |
| | select_one_from_file stalls.csv | stall | Stall | | |
| | text | new_lane | Lane now | lane | ${stall} != '' |
| | calculate | was | | | |

| entities |
| | list_name | entity_id | label | update_if |
| | stalls | ${stall} | | ${new_lane} != '' |

| settings |
| | form_title | form_id | version |
| | Back to the stalls | stall_return | 1 |
"""
_WAS = "instance('stalls')/root/item[name = ${stall}]/lane"


def register_form() -> bytes:
    """A visit in it makes a stall, when it has a fixed place."""
    return compile_form(_REGISTER.encode(), "stall_register.md", {}).xml


def return_form() -> bytes:
    """A visit in it chooses a stall, reads its lane and may change it."""
    source = _RETURN.replace("label | save_to | relevant |", "label | save_to | relevant | calculation |")
    source = source.replace("| calculate | was | | | |", f"| calculate | was | | | | {_WAS} |")
    return compile_form(source.encode(), "stall_return.md", {}).xml
