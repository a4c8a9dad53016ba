"""Apache Spark itself on the loopback device: one process with two threads, or a master and two workers; asked through Spark Connect.

`make prove` installs it beside the tests' environment; ``SPARK_HOME`` names another one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
#: Where `make prove` puts it.
OWN = ROOT / ".venv" / "apache-spark"
SECONDS = 300


def home() -> Path | None:
    """The folder of Apache Spark, where it and Java are there."""
    named = os.environ.get("SPARK_HOME")
    found = [Path(named)] if named else list(OWN.glob("lib/python*/site-packages/pyspark"))
    return found[0] if found and found[0].is_dir() and shutil.which("java") else None


@contextmanager
def local(folder: Path) -> Iterator[str]:
    """One process with two threads; gives its address."""
    with ExitStack() as running:
        yield running.enter_context(_connect_server(folder, "local[2]"))


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A master and two workers of one core each, and the server that clients speak to; gives its address."""
    with ExitStack() as running:
        port = _free_port()
        master = f"spark://127.0.0.1:{port}"
        started = [
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--webui-port",
            "0",
        ]
        running.enter_context(_process(folder, "master", started, port))
        for number in (1, 2):
            own = folder / f"worker{number}"
            worker_port = _free_port()
            worker = [
                "--host",
                "127.0.0.1",
                "--port",
                str(worker_port),
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
            ]
            started = ["org.apache.spark.deploy.worker.Worker", *worker, "--work-dir", str(own), master]
            running.enter_context(_process(folder, f"worker{number}", started, worker_port))
        yield running.enter_context(_connect_server(folder, master))


@contextmanager
def _connect_server(folder: Path, master: str) -> Iterator[str]:
    port = _free_port()
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.executor.memory": "512m",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    given = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    server = ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", master, *given]
    started = ["org.apache.spark.deploy.SparkSubmit", *server, "spark-internal"]
    with _process(folder, "connect", started, port):
        yield f"sc://127.0.0.1:{port}"


@contextmanager
def _process(folder: Path, name: str, started: list[str], port: int) -> Iterator[None]:
    """A process of Spark, once it listens; stopped at the end."""
    spark = home()
    assert spark is not None
    own = {
        "SPARK_HOME": str(spark),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_SCALA_VERSION": "2.13",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }
    log = folder / f"{name}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [str(spark / "bin" / "spark-class"), *started],
            env={**os.environ, **own},
            stdout=stream,
            stderr=stream,
            cwd=folder,
        )
    try:
        _wait(process, port, log)
        yield
    finally:
        process.terminate()
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Returns when something listens at the port. Fails when the process has ended, or after minutes."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise RuntimeError(f"Apache Spark did not start: {log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
