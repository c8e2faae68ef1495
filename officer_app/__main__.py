"""The program: a window without arguments, a command line with them."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window, or run one command. The window never loads the command line, and the reverse."""
    words = sys.argv[1:]
    match words[:1]:
        case []:
            from officer_app.desktop.app.start import open_window

            return open_window()
        case ["demo"]:
            from officer_app.desktop.app.start import demo_command

            return demo_command(words[1:])
        case ["tour"]:
            from officer_app.desktop.tour.play import main as play

            return play(words[1:])
        case _:
            from officer_app.cli.main import run

            return run(words)


if __name__ == "__main__":
    sys.exit(main())
