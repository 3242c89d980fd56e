"""Equal maps of several clients are computed once, as long as one of them waits; a busy server sends coarse ones."""

import asyncio
import math
import threading

import pytest

from backend import map_strips, settings_answer
from backend.computations import Computations
from backend.frames import readdress
from backend.lanes import Lane
from backend.levels import levels
from backend.map_messages import MapRequest
from backend.maps import MapAnswer, Maps, map_budget
from backend.messages import VERSION, Message
from backend.settings_answer import SettingsAnswer, SettingsMaps
from backend.settings_messages import SettingsRequest
from backend.superseded import Superseded
from backend.workers import Workers
from trajectories.basin_map import basins_in_pieces
from trajectories.settings_map import settings_in_pieces

HUMP = {"surface": "hump", "steps": 20, "runs": [{"optimizer": "adam", "values": {"lr": 0.1}}]}
COMPUTE = basins_in_pieces


class Server:
    """What sockets share, without the sockets; walks of maps wait for a gate and are counted."""

    def __init__(self, monkeypatch, threads=2):
        self.workers, self.maps = Workers(threads), Maps()
        self.gate = threading.Event()
        self.computed, self.stopped = [], 0
        monkeypatch.setattr(map_strips, "basins_in_pieces", self._computed)

    def _computed(self, scenario, run, shape, window, rows, count, *, neighbors):
        try:
            self.computed.append((shape, neighbors))
            yield
            self.gate.wait()
            return (yield from COMPUTE(scenario, run, shape, window, rows, count, neighbors=neighbors))
        except GeneratorExit:
            self.stopped += 1
            raise

    def ask(self, number, start=(0, 0), superseded=None, **more):
        """The task that answers a request: its messages and frames."""
        request = MapRequest.model_validate(
            {"version": VERSION, "slot": "map", "id": number, "scenario": HUMP | {"start": start}, "runs": [0]}
            | {"rows": 32, "columns": 40, "live": True}
            | more
        )
        answer = MapAnswer(request, self.workers, self.maps, map_budget(), superseded or Superseded())

        async def read():
            return [message async for message in answer.messages()]

        return asyncio.create_task(read())


async def until(holds):
    """Let the other tasks go on until something holds."""
    while not holds():  # noqa: ASYNC110 -- nothing announces it
        await asyncio.sleep(0)


async def reading(*requests):
    """Wait until the requests read a computation."""
    await until(lambda: all(request.events for request in requests))


def frames_of(answer):
    return [readdress("map", 0, frame) for frame in answer if not isinstance(frame, Message)]


def test_equal_maps_at_the_same_time_are_computed_once(monkeypatch):
    async def run():
        server = Server(monkeypatch)
        requests = [Superseded() for _ in range(3)]
        tasks = [server.ask(number, (number, 0), request) for number, request in enumerate(requests)]
        await reading(*requests)
        server.gate.set()
        answers = await asyncio.gather(*tasks)
        assert server.computed == [((32, 40), False)], "a map does not depend on the start"
        assert len(frames_of(answers[0])) == 1
        assert frames_of(answers[0]) == frames_of(answers[1]) == frames_of(answers[2])
        assert [answer[-1].rows for answer in answers] == [32] * 3

    asyncio.run(run())


def test_a_map_that_one_of_two_no_longer_wants_is_sent_to_the_other(monkeypatch):
    async def run():
        server, leaves, stays = Server(monkeypatch), Superseded(), Superseded()
        gone, served = server.ask(1, superseded=leaves), server.ask(2, superseded=stays)
        await reading(leaves, stays)
        leaves.end()
        assert frames_of(await gone) == []
        server.gate.set()
        answer = await served
        assert len(frames_of(answer)) == 1
        assert answer[-1].rows == 32
        assert (len(server.computed), server.stopped) == (1, 0)

    asyncio.run(run())


def test_a_map_that_nobody_wants_any_more_is_not_computed(monkeypatch):
    async def run():
        server, wanted = Server(monkeypatch, threads=1), [Superseded(), Superseded()]
        held, release = asyncio.create_task(server.workers.call(server.gate.wait, Lane.LIVE)), server.gate.set
        await asyncio.sleep(0)
        tasks = [server.ask(number, superseded=request) for number, request in enumerate(wanted)]
        await reading(*wanted)
        await until(lambda: server.workers.waiting)
        for request in wanted:
            request.end()
        await asyncio.gather(*tasks)  # although its thread is not free yet
        await until(lambda: not server.workers.waiting)
        release()
        await held
        assert server.computed == []
        assert await server.ask(3), "the same map can be requested again"

    asyncio.run(run())


def test_maps_of_a_gesture_are_in_memory_for_the_next_one(monkeypatch):
    async def run():
        server = Server(monkeypatch)
        server.gate.set()
        first, second = await server.ask(1), await server.ask(2, (1, 1))
        assert frames_of(first) == frames_of(second)
        assert len(server.computed) == 1
        await server.ask(3, live=False)
        assert server.computed[1:] == [((32, 40), False), ((32, 40), True)], "at rest its neighbors are compared"

    asyncio.run(run())


def test_a_fine_map_at_rest_waits_for_the_map_that_another_client_drags(monkeypatch):
    async def run():
        server = Server(monkeypatch, threads=1)
        server.gate.set()
        gate = threading.Event()
        held = asyncio.create_task(server.workers.call(gate.wait, Lane.LIVE))
        await asyncio.sleep(0)
        rest, live = Superseded(), Superseded()
        tasks = [server.ask(1, superseded=rest, rows=128, columns=64, live=False)]
        await reading(rest)
        tasks.append(server.ask(2, superseded=live, rows=64, columns=64))
        await reading(live)
        await until(lambda: server.workers.waiting == 2)
        gate.set()
        await asyncio.gather(held, *tasks)
        assert [shape for shape, _ in server.computed] == [(64, 64), (32, 16), (128, 64), (128, 64), (32, 16)]

    asyncio.run(run())


@pytest.mark.parametrize(("live", "rows"), [(False, [16]), (True, [16])])
def test_a_server_that_has_promised_much_sends_coarse_maps_and_says_so(monkeypatch, live, rows):
    async def run():
        server = Server(monkeypatch)
        server.gate.set()
        assert next(levels(64, 64)) == (16, 16)
        with server.workers.backlog.promise(1e12):
            answer = await server.ask(1, live=live, rows=64, columns=64)
        end = answer[-1]
        assert [frame_rows for frame_rows, _ in {shape for shape, _ in server.computed}] == rows
        assert (end.rows, end.coarse) == (16, True)
        assert math.isfinite(end.wait)
        answer = await server.ask(2, live=live, rows=64, columns=64)
        assert (answer[-1].rows, answer[-1].coarse) == (64, False)

    asyncio.run(run())


def test_equal_maps_of_settings_are_computed_once(monkeypatch):
    async def run():
        workers, maps, gate, computed = Workers(2), SettingsMaps(), threading.Event(), []

        def counted(scenario, axes, shape, count):
            computed.append(shape)
            yield
            gate.wait()
            return (yield from settings_in_pieces(scenario, axes, shape, count))

        monkeypatch.setattr(settings_answer, "settings_in_pieces", counted)
        axes = [{"run": 0, "name": "lr", "low": 0.01, "high": 0.5}]
        message = {"version": VERSION, "slot": "settings", "axes": axes, "rows": 1, "columns": 32, "live": False}
        scenarios = [HUMP | {"runs": [{"optimizer": "adam", "values": {"lr": lr}}]} for lr in (0.1, 0.2)]
        requests = [SettingsRequest.model_validate(message | {"id": 1, "scenario": scenario}) for scenario in scenarios]
        superseded = [Superseded(), Superseded()]
        answers = [
            SettingsAnswer(request, workers, maps, map_budget(), of)
            for request, of in zip(requests, superseded, strict=True)
        ]

        async def read(answer):
            return [message async for message in answer.messages()]

        tasks = [asyncio.create_task(read(answer)) for answer in answers]
        await reading(*superseded)
        gate.set()
        first, second = await asyncio.gather(*tasks)
        assert computed == [(1, 32)], "a map does not depend on the value of its axis"
        assert frames_of(first) == frames_of(second)
        assert first[-1].best == second[-1].best
        assert first[-1].best[0].loss_starts is not None

    asyncio.run(run())


def test_what_another_client_is_having_computed_is_not_promised_twice(monkeypatch):
    async def run():
        server, first, second = Server(monkeypatch), Superseded(), Superseded()
        one = server.ask(1, superseded=first, rows=64, columns=64)
        await reading(first)
        with server.workers.backlog.promise(1e12):
            other = server.ask(2, superseded=second, rows=64, columns=64)
            await reading(second)
        server.gate.set()
        assert [answer[-1].rows for answer in await asyncio.gather(one, other)] == [64, 64]

    asyncio.run(run())


def test_a_computation_that_fails_raises_to_all_its_readers_and_can_be_tried_again():
    async def run():
        shared: Computations[str, int] = Computations()
        calls = []

        async def failing(_):
            calls.append(1)
            yield 1
            raise ValueError("no such thing")

        async def read():
            return [part async for part in shared.read("key", failing, Superseded(), live=False)]

        results = await asyncio.gather(read(), read(), return_exceptions=True)
        assert [str(result) for result in results] == ["no such thing"] * 2
        assert len(calls) == 1
        assert "key" not in shared
        with pytest.raises(ValueError, match="no such thing"):
            await read()
        assert len(calls) == 2

    asyncio.run(run())
