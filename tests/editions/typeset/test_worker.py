"""The process that sets pages: text is data there, what breaks costs one job, and it reaches nothing outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from editions.typeset.engine import Engine, TypesettingFailed
from editions.typeset.fonts import FILES
from tests import typeset_pages as tp
from tests.typeset_reading import lines_drawn

HOUSE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def engine():
    """One worker of these tests' own."""
    made = Engine(Path(settings.FONTS), workers=1)
    yield made
    made.close()


def page(headline: str = "城西夜市今晚开市", body: str = "第一段。") -> tp.Description:
    treated = tp.treatment(2, [(1, 1, 6, 100)], headline=headline, style="brief")
    return tp.page(2, tp.story(1, [tp.paragraph(body)], treated))


def compose(engine: Engine, description: tp.Description) -> tp.Layout:
    header, _pieces = engine.do({"do": "compose", "descriptions": [description]})
    return header["layouts"][0]


def draw(engine: Engine, layout: tp.Layout) -> bytes:
    _header, pieces = engine.do({"do": "pdf", "layouts": [layout], "press": False, "files": {}})
    return pieces[0]


def worker_of(engine: Engine) -> subprocess.Popen:
    """The worker that has done a job."""
    compose(engine, page())
    worker = engine._idle.queue[-1]
    assert worker is not None
    return worker


MARKUP = [
    '#read("secret.txt")',
    '$x^2$ 与 #eval("1")',
    ']] #import "a.typ": *',
    "*粗体* _斜体_ `代码`",
    "= 标题 // 注 /* 注 */",
    "\\u{4e2d} \\n \\ @引用 <标签> ~ -- --- ...",
    "{{ 1 }} {% x %} <b>粗</b> &amp;",
    '"单""双"\'',
]


@pytest.mark.parametrize("text", MARKUP)
def test_text_is_printed_as_it_is_written(engine, text):
    layout = compose(engine, page(headline=text, body=text))
    printed = "".join(lines_drawn(draw(engine, layout)))
    assert printed.count(tp.unspaced(text)) == 2


@pytest.mark.parametrize("unseen", ["\t", "\u2028", "\u200b", "\u00ad", "\u202e", "\r\n"])
def test_control_characters_break_nothing(engine, unseen):
    layout = compose(engine, page(headline=f"夜市{unseen}开市", body=f"今晚{unseen}开市。"))
    printed = "".join(lines_drawn(draw(engine, layout)))
    assert "夜市" in printed
    assert "今晚" in printed


@pytest.mark.parametrize("text", ["\ue000", "😀", "1\ufe0f\u20e3", "กั"])
def test_what_no_font_has_is_reported_and_a_turned_sort_stands_for_it(engine, text):
    layout = compose(engine, page(headline=f"夜市{text}", body=f"今晚{text}开市。"))
    assert {one["character"] for one in layout["missing"]} <= set(text)
    assert {(one["where"], one["story"]) for one in layout["missing"]} == {("headline", 1), ("body", 1)}
    assert "".join(lines_drawn(draw(engine, layout))).count("〓") >= 2


def test_no_file_beside_the_page_can_be_named(engine, tmp_path):
    """A picture is a file that the desk hands over by its fingerprint, nothing else."""
    treated = tp.treatment(2, [])
    described = tp.page(2, tp.story(1, [], treated, pictures=[tp.picture(5, (1, 1, 3, 30), fingerprint="/etc/passwd")]))
    assert draw(engine, compose(engine, described)).startswith(b"%PDF")


def test_a_story_of_a_hundred_thousand_characters_is_set(engine):
    body = "本市居民今晚参加活动，" * 9100
    fit = compose(engine, page(body=body))["stories"][0]["fit"]
    assert fit["shown"] + fit["spilled"] == len(body)
    assert fit["over"] > 4000


def test_a_job_that_takes_too_long_is_given_up_and_the_next_one_is_done():
    engine = Engine(Path(settings.FONTS), workers=1, time_limit=20.0)
    worker = worker_of(engine)
    engine.time_limit = 0.2
    with pytest.raises(TypesettingFailed, match=r"\S{4}"):
        compose(engine, page(body="本市居民今晚参加活动，" * 20000))
    assert worker.wait(10) == -signal.SIGKILL
    engine.time_limit = 60.0
    assert compose(engine, page())["stories"][0]["fit"]["spilled"] == 0
    engine.close()


def test_a_worker_that_is_killed_costs_its_job_alone(engine):
    worker = worker_of(engine)
    os.kill(worker.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        lost = pool.submit(compose, engine, page())
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(TypesettingFailed):
            lost.result(30)
    assert compose(engine, page())["stories"][0]["fit"]["spilled"] == 0
    assert worker_of(engine).pid != worker.pid


def test_what_a_worker_that_died_was_not_sent_is_let_go(engine):
    worker = worker_of(engine)
    worker.kill()
    worker.wait(10)
    worker.stdin.write(b"half a job")
    engine.close()
    assert worker.stdin.closed
    assert compose(engine, page())["stories"][0]["fit"]["spilled"] == 0


def test_a_worker_that_died_between_jobs_is_replaced_unnoticed(engine):
    worker = worker_of(engine)
    worker.kill()
    worker.wait(10)
    assert compose(engine, page())["stories"][0]["fit"]["spilled"] == 0


@pytest.mark.parametrize(
    "job",
    [
        {"do": "nonsense"},
        {"do": "compose", "descriptions": [{}]},
        {"do": "pdf", "layouts": [], "press": False, "files": {}},
        {"do": "compose", "descriptions": [page() | {"design": {"headlines": {}}}]},
    ],
    ids=["unknown", "empty", "no pages", "bad design"],
)
def test_a_bad_job_is_refused_with_a_reason_and_the_worker_lives(engine, job):
    worker = worker_of(engine)
    with pytest.raises(TypesettingFailed):
        engine.do(job)
    assert worker_of(engine).pid == worker.pid


def test_missing_fonts_are_named_with_what_to_do(tmp_path):
    some = list(FILES.values())[:3]
    for font in some:
        (tmp_path / font.file).touch()
    with pytest.raises(TypesettingFailed) as refused:
        Engine(tmp_path, workers=1).do({"do": "compose", "descriptions": [page()]})
    said = str(refused.value)
    assert all(font.file in said for font in FILES.values() if font not in some)
    assert not any(font.file in said for font in some)
    assert str(tmp_path) in said
    assert "make fonts" in said


def test_two_threads_at_once_get_each_their_own_page_and_every_worker_ends_with_the_engine():
    engine = Engine(Path(settings.FONTS), workers=2)
    gate = threading.Barrier(4)

    def one(number: int) -> str:
        gate.wait(30)
        return compose(engine, page(headline=f"第{number}条"))["stories"][0]["headline"]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [f"第{number}条" for number in range(4)]
    workers = [worker for worker in engine._idle.queue if worker is not None]
    engine.close()
    assert None not in [worker.poll() for worker in workers]


def test_the_worker_is_told_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not-for-workers")
    monkeypatch.setenv("DATABASE_URL", "postgres://not-for-workers")
    monkeypatch.setenv("SOMETHING_PRIVATE", "not-for-workers")
    engine = Engine(Path(settings.FONTS), workers=1)
    worker = worker_of(engine)
    environment = Path(f"/proc/{worker.pid}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"not-for-workers" not in environment
    engine.close()


def confined(script: str) -> subprocess.CompletedProcess:
    """A process that confines itself as a worker does, and then runs the script."""
    code = f"import socket, os\nfrom editions.typeset.confinement import confine\nconfine()\n{script}"
    return subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"])
def test_a_confined_process_opens_no_socket(family):
    done = confined(f"socket.socket(socket.{family}, socket.SOCK_DGRAM)")
    assert "PermissionError" in done.stderr
    assert confined("print('runs on')").stdout == "runs on\n"


def test_a_child_of_a_confined_process_is_confined_as_well():
    done = confined("import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])")
    assert "PermissionError" in done.stderr


def test_a_confined_process_gets_no_more_memory_than_its_limit():
    assert "MemoryError" in confined("bytearray(4 * 2**30)").stderr
    assert confined("print(len(bytearray(2**20)))").stdout == f"{2**20}\n"


def test_the_worker_itself_is_confined(engine):
    worker = worker_of(engine)
    status = Path(f"/proc/{worker.pid}/status").read_text()
    assert "Seccomp:\t2" in status
    limits = Path(f"/proc/{worker.pid}/limits").read_text()
    assert str(3 * 2**30) in limits
