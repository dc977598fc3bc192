#!/usr/bin/env python3
"""
Sets up the two Python environments of Karogs with any Python 3.8+ and the standard library alone.

`.venv-rasa` holds Rasa Open Source 3.6.21 on Python 3.10, `.venv` everything else on Python 3.12 or 3.13. The
interpreters are looked for on the PATH and in the folders of version managers, and fetched by uv where none is found.
Nothing is done when the lock files have not changed since the last time.
"""

import argparse
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TOOLS = PROJECT / ".tools"
UV = TOOLS / "bin" / "uv"
ENVIRONMENTS = {
    "app": (PROJECT / ".venv", ("3.12", "3.13")),
    "rasa": (PROJECT / ".venv-rasa", ("3.10",)),
}
VERSION_MANAGERS = (
    "{PYENV_ROOT}/versions/{version}*/bin/python{version}",
    "{HOME}/.pyenv/versions/{version}*/bin/python{version}",
    "{HOME}/.asdf/installs/python/{version}*/bin/python{version}",
    "{HOME}/.local/share/mise/installs/python/{version}*/bin/python{version}",
    "{HOME}/.local/share/uv/python/*{version}*/bin/python{version}",
    "/opt/python/{version}*/bin/python{version}",
    "/usr/local/bin/python{version}",
)


class SetUpFailed(Exception):
    """The sentence says what is missing and what to do."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--lock", action="store_true", help="write requirements/*.txt anew from requirements/*.in")
    arguments = parser.parse_args()
    try:
        if arguments.lock:
            lock()
        else:
            for name in ENVIRONMENTS:
                prepare(name)
    except SetUpFailed as error:
        sys.exit(f"karogs: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"karogs: this failed with code {error.returncode}: {' '.join(map(str, error.cmd))}")


def prepare(name):
    """Makes or renews one environment; quick when it is up to date."""
    folder, versions = ENVIRONMENTS[name]
    stamp = folder / "karogs-stamp"
    wanted = fingerprint(name)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    started = time.monotonic()
    install_uv()
    python = interpreter(versions)
    say(f"{folder.name}: Python {version_of(python)}, requirements/{name}.txt (some minutes the first time)")
    if not works(folder / "bin" / "python", versions):
        run(UV, "venv", "--quiet", "--clear", "--python", python, folder)
    environment = {**os.environ, "VIRTUAL_ENV": str(folder)}
    requirements = PROJECT / "requirements" / f"{name}.txt"
    # Without compiled bytecode Rasa takes 18 seconds to start instead of 6 (measured).
    run(UV, "pip", "sync", "--require-hashes", "--compile-bytecode", requirements, env=environment)
    if name == "app":
        install = (UV, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", PROJECT)
        run(*install, env=environment)
    stamp.write_text(wanted)
    say(f"{folder.name}: ready after {time.monotonic() - started:.0f} s")


def lock():
    install_uv()
    for name, (_, versions) in ENVIRONMENTS.items():
        target = PROJECT / "requirements" / f"{name}.txt"
        say(f"locking {target.name}")
        command = [UV, "pip", "compile", "--quiet", "--universal", "--python", interpreter(versions)]
        command += ["--generate-hashes", "--no-emit-index-url", "--no-header", target.with_suffix(".in"), "-o", target]
        run(*command)
        header = f"# Made by `make lock` from {name}.in: exact versions with hashes.\n"
        target.write_text(header + target.read_text())


def fingerprint(name):
    parts = [(PROJECT / "requirements" / f"{name}.txt").read_bytes()]
    if name == "app":
        parts.append((PROJECT / "pyproject.toml").read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install_uv():
    """uv in an environment of its own, so that nothing of the machine's Python changes."""
    if UV.exists():
        return
    say("fetching uv")
    try:
        run(sys.executable, "-m", "venv", "--clear", TOOLS)
    except subprocess.CalledProcessError:
        shutil.rmtree(TOOLS, ignore_errors=True)
        raise SetUpFailed("this Python has no venv module; on Debian: apt-get install python3-venv") from None
    run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")


def interpreter(versions):
    """The path of a Python of one of the versions, in their order; fetched when the machine has none."""
    for version in versions:
        for path in candidates(version):
            if works(path, (version,)):
                return path
    say(f"no Python {' or '.join(versions)} found; fetching {versions[0]}")
    found = subprocess.run([UV, "python", "install", versions[0]], check=False)
    path = subprocess.run([UV, "python", "find", versions[0]], check=False, capture_output=True, text=True)
    if found.returncode or path.returncode:
        raise SetUpFailed(
            f"Python {versions[0]} is missing and could not be fetched. Install it (for example with pyenv, or "
            f"apt-get install python{versions[0]}) and start again."
        )
    return path.stdout.strip()


def candidates(version):
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    places = {"HOME": str(Path.home()), "PYENV_ROOT": os.environ.get("PYENV_ROOT", "/nowhere"), "version": version}
    for pattern in VERSION_MANAGERS:
        yield from sorted(glob.glob(pattern.format(**places)), reverse=True)


def works(path, versions):
    """True when the path is a Python of one of the versions: a version manager's stub may stand there and fail."""
    return Path(path).exists() and version_of(path).rpartition(".")[0] in versions


def version_of(path):
    code = "import platform; print(platform.python_version())"
    answer = subprocess.run([str(path), "-c", code], check=False, capture_output=True, text=True)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def run(*command, env=None):
    subprocess.run([str(part) for part in command], check=True, env=env)


def say(sentence):
    print(f"karogs: {sentence}", flush=True)


if __name__ == "__main__":
    main()
