#!/usr/bin/env python3
"""Installs what the tests need beside Python and the machine lacks: Chromium and PostgreSQL, Debian's packages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = {
    "chromium": lambda: shutil.which("chromium"),
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
    "fonts-dejavu-core": lambda: Path("/usr/share/fonts/truetype/dejavu").exists(),
}


def main():
    missing = [package for package, is_there in NEEDED.items() if not is_there()]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if not shutil.which("apt-get") or (os.geteuid() and not shutil.which("sudo")):
        sys.exit(f"karogs: the tests need {', '.join(missing)}; install them and start again")
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"karogs: installing {', '.join(missing)}", flush=True)
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run([*prefix, *command], check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
