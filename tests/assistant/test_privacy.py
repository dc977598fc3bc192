"""Rasa's process keeps no word: not in its log, not in a file, not in an error."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.servers import Servers, request

MARK = "zzMARKEDPHRASEzz"


def test_no_log_repeats_a_visitor(servers: Servers) -> None:
    """Whatever is sent, in whatever shape, and whatever fails on the way."""
    talk = servers.conversation("lv")
    lines = [
        f"Labdien {MARK}",
        f"/{MARK}",
        f'/greet{{"x": "{MARK}"}}',
        f"Darbs Vācijā, biļeti apmaksājam, pēc tam atstrādāsiet, pasi nododiet, {MARK}",
        f"{MARK} " * 200,
        f"\x00\ud83d {MARK}".encode("utf-8", "replace").decode(),
    ]
    answered = [talk.says(line).status for line in lines]
    malformed = [
        talk.posts({"sender": MARK * 9, "text": MARK, "intent": None, "language": "lv"}),
        talk.posts({"sender": talk.sender, "text": [MARK], "intent": MARK, "language": MARK}),
        talk.posts([MARK]),
        request("POST", f"{servers.url}/message", f'{{"text": "{MARK}'.encode()),
        request("POST", f"{servers.url}/message", b"\xff" + MARK.encode()),
    ]
    lost = [request("GET", f"{servers.url}/{MARK}").status, request("DELETE", f"{servers.url}/message").status]

    assert answered == [200] * len(lines)
    assert [answer.status for answer in malformed] == [422] * len(malformed)
    assert MARK not in str([answer.body for answer in malformed])
    assert lost == [404, 405]
    assert MARK not in servers.logged


def test_a_failing_action_repeats_nobody(servers: Servers) -> None:
    """Rasa logs the whole exchange when the action server is gone; here it names the kind of error."""
    servers.kill_actions()
    try:
        talk = servers.conversation("lv")
        answer = talk.says(f"Darbs Vācijā, biļeti apmaksājam, pēc tam atstrādāsiet, pasi nododiet, {MARK}")
    finally:
        servers.start_actions()

    assert (answer.status, answer.texts, answer.signals) == (200, [], [])
    assert MARK not in servers.logged
    assert "RasaException" in servers.logged


def test_no_file_is_written(servers: Servers) -> None:
    """A conversation leaves nothing in the folder that Rasa calls its home, and no file is open for writing."""
    before = snapshot(servers.paths.home)
    talk = servers.conversation("ru")
    for line in (f"Здравствуйте {MARK}", "Ищу работу", "да"):
        assert talk.says(line).status == 200

    assert snapshot(servers.paths.home) == before
    for name in ("rasa", "actions"):
        assert open_for_writing(servers.pid_of(name)) == {str(servers.logs / f"{name}.log")}


def test_a_deleted_conversation_starts_anew(servers: Servers) -> None:
    """After deletion a yes agrees to nothing; deleting an unknown conversation is no error."""
    talk = servers.conversation("lv")
    talk.presses("delete_data")
    deleted = [talk.is_deleted().status for _ in range(2)]
    answer = talk.says("jā")

    assert deleted == [204, 204]
    assert answer.signals == []


def snapshot(folder: Path) -> dict[str, tuple[int, float]]:
    """Size and time of every file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(file): (file.stat().st_size, file.stat().st_mtime) for file in files}


def open_for_writing(pid: int) -> set[str]:
    """The regular files that a process holds open for writing."""
    found = set()
    for info in Path(f"/proc/{pid}/fdinfo").iterdir():
        target = Path(f"/proc/{pid}/fd/{info.name}")
        # Sockets come and go while this looks.
        if target.is_file() and int(info.read_text().split("flags:")[1].split()[0], 8) & 0o3:
            found.add(str(target.resolve()))
    return found
