"""`python -m tests.e2e.pictures FOLDER`: the README's pictures, taken of a running Karogs in a real browser."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.e2e.browser import ask_for_a_person, paste, picture, sign_in_and_take, two_screens
from tests.e2e.installation import Karogs
from tests.e2e.scripts import SCRIPTS
from tests.telegram.botapi import TOKEN, BotApi


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        BotApi() as api,
        tempfile.TemporaryDirectory() as data,
        Karogs(Path(data) / "data", api.url, TOKEN) as karogs,
        two_screens(karogs) as (visitor, operator, _),
    ):
        paste(visitor, SCRIPTS[0])
        visitor.locator(".from-assistant").first.evaluate("message => message.scrollIntoView()")
        picture(visitor, folder, "chat")
        ask_for_a_person(visitor)
        sign_in_and_take(operator, karogs)
        operator.locator("#messages mark").first.scroll_into_view_if_needed()
        picture(operator, folder, "console")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
