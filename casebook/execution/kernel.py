"""The kernel in which one chapter runs: it starts in a moment and tells what it read.

On Linux it is forked from a process that has the large libraries imported already;
elsewhere, where libraries do not survive a fork, each kernel imports them itself. The setting
``CASEBOOK_KERNELS=spawn`` chooses that way on Linux too.

Python reports each file that it opens to an audit hook, whichever function asks for it, and each
folder that is listed. What such a list could not follow is refused: another program, the network, a
database, a file written in the project. Not reported, and so not followed: whether a file is there,
or how large and old it is; and what a compiled library opens by itself.
"""

import gc
import importlib.machinery
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from casebook.project import BUILD, ROOT

LIBRARIES = [
    "ipykernel.debugger", "ipykernel.ipkernel", "ipykernel.kernelapp", "pandas", "scipy.special",
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib.pyplot",
    "jsonschema", "yaml",
]  # fmt: skip
USUAL = "forkserver" if sys.platform == "linux" else "spawn"
KERNELS = multiprocessing.get_context(os.environ.get("CASEBOOK_KERNELS", USUAL))
KERNELS.set_forkserver_preload(LIBRARIES)
ARGUMENTS = [
    "-f", "{connection_file}",
    "--IPKernelApp.log_level=ERROR",  # no notice about transport for each kernel
    "--IPKernelApp.ignore_cwd=True",  # a file beside a chapter is no module
    "--HistoryManager.enabled=False",
]  # fmt: skip

# What a chapter may not do, because nothing would tell what came of it
REFUSED = {
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen",
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "sqlite3.connect", "urllib.Request",
}  # fmt: skip
# Reading there is not noted: programs are named by the lock and the interpreter, the rest is the system's
ELSEWHERE = (
    *{os.path.realpath(place) for place in (sys.prefix, sys.base_prefix)},
    "/dev", "/etc", "/proc", "/sys", "/usr/share/zoneinfo",
)  # fmt: skip


class NotFollowed(RuntimeError):
    """A chapter did something of which nothing can tell whether its result still holds."""


class Watch:
    """The audit hook: notes what is read, one path a line, and refuses what cannot be followed."""

    def __init__(self, notes: str):
        self.notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self.seen: set[str] = set()

    def __call__(self, event: str, arguments: tuple) -> None:
        if event == "open":
            self.opened(*arguments)
        elif event in ("os.listdir", "os.scandir") and not by_the_importer():
            self.note(arguments[0] or ".")
        elif event in REFUSED:
            raise NotFollowed(f"a chapter may not call {event}: its result could not be followed")

    def opened(self, path, mode, flags: int) -> None:
        if isinstance(path, int):
            return  # opened before
        if flags & os.O_ACCMODE == os.O_RDONLY:
            self.note(path)
        elif (name := name_of(path)) and not os.path.isabs(name):
            raise NotFollowed(f"a chapter may not write into the project: {name}")

    def note(self, path) -> None:
        name = name_of(path)
        if os.path.isabs(name) and os.path.exists(name):
            raise NotFollowed(f"a chapter may read only files of the project: {name}")
        if name and name not in self.seen:
            self.seen.add(name)
            os.write(self.notes, os.fsencode(name) + b"\n")


def by_the_importer() -> bool:
    """Whether the import system lists a folder: what it loads is noted, what is installed counts anyway."""
    return sys._getframe(2).f_globals.get("__name__", "").partition(".")[0] in ("importlib", "zipp")


def name_of(path) -> str:
    """A path within the project, or an absolute path outside; nothing for what need not be noted."""
    given = os.path.abspath(os.fsdecode(path))
    for place in (os.path.realpath(given), given):
        if is_within(place, (str(BUILD), f"{ROOT}/.venv")):
            return ""
        if place == str(ROOT) or place.startswith(f"{ROOT}/"):
            return os.path.relpath(place, ROOT)
    return "" if is_within(os.path.realpath(given), ELSEWHERE) else given


def is_within(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of some folders or lies in it; /etcetera is not in /etc."""
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


class FromSource(importlib.machinery.SourceFileLoader):
    """Compile the package from its source: byte code is trusted by its date, which can repeat."""

    def path_stats(self, path):
        raise OSError

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] != "casebook":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = cls(spec.loader.name, spec.loader.path)
        return spec


def end_with_the_build() -> None:
    """Stop when the build is gone, even if it was killed."""
    if build := multiprocessing.parent_process():
        build.join()
    os._exit(1)


def run(arguments: list[str], folder: str, notes: str) -> None:
    """Be a kernel until it is told to stop; the body of the new process."""
    gc.freeze()  # the libraries stay: not to be looked through for garbage, nor copied by that
    os.chdir(folder)
    for name in [name for name in sys.modules if name.partition(".")[0] == "casebook"]:
        del sys.modules[name]
    sys.meta_path.insert(0, FromSource)
    from ipykernel.kernelapp import IPKernelApp

    threading.Thread(target=end_with_the_build, daemon=True).start()
    kernel = IPKernelApp.instance()
    kernel.initialize([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    sys.addaudithook(Watch(notes))
    kernel.start()


class Process:
    """A process of :mod:`multiprocessing` with the manners that Jupyter expects."""

    stdin = stdout = stderr = None

    def __init__(self, *arguments):
        self.held = KERNELS.Process(  # type: ignore[attr-defined]  # each context has one of its own
            target=run, args=arguments, daemon=True
        )
        self.held.start()
        self.pid = self.held.pid

    def poll(self) -> int | None:
        return self.held.exitcode

    def wait(self) -> int | None:
        self.held.join()
        return self.held.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


class Provisioner(LocalProvisioner):
    """Starts the process of a kernel."""

    async def launch_kernel(self, cmd: list[str], **options) -> dict:
        self.process = Process(cmd, str(options["cwd"]), str(self.parent.notes))
        self.pid = self.process.pid
        return self.connection_info


class Manager(AsyncKernelManager):
    """Starts and stops one kernel.

    ``folder`` is a short path that is free for the kernel's sockets (no port of the machine is
    used, so nothing can be taken by another build, and no network is needed) and for ``notes``,
    the file that receives what the chapter read.
    """

    transport = "ipc"

    def __init__(self, folder: Path):
        super().__init__(kernel_name="python3", kernel_id=str(uuid4()))
        self.notes = folder / "notes"
        self.connection_file = str(folder / "connection.json")
        self.ip = str(folder / "socket")
        self._kernel_spec = KernelSpec(argv=ARGUMENTS, language="python", display_name="Python 3")
        self.provisioner = Provisioner(parent=self, kernel_id=self.kernel_id, kernel_spec=self._kernel_spec)


def warm_up() -> None:
    """Begin to import the libraries in the background."""
    if KERNELS.get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()
    elif not list(Path(os.environ["MPLCONFIGDIR"]).glob("fontlist-*.json")):
        # Matplotlib's first import may say on stderr that it looks for fonts: a fault, if a chapter did
        subprocess.run([sys.executable, "-c", "import matplotlib.pyplot"], capture_output=True)
