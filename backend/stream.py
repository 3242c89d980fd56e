"""The WebSocket route: it receives scenarios and sends their steps as they are computed."""

import asyncio
import logging
import re
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from backend import metrics
from backend.admission import STREAM
from backend.advising import AdviceAnswer
from backend.aggregate import AggregateAnswer
from backend.answers import Answers
from backend.example_messages import BatchesRequest, ExamplesRequest
from backend.examples import ExamplesAnswer
from backend.fans import FanAnswer, Fans
from backend.grounds import GroundAnswer, Grounds
from backend.log import line
from backend.map_messages import MapRequest
from backend.maps import MapAnswer, Maps, map_budget
from backend.messages import (
    SLOTS,
    Advise,
    Busy,
    Cancel,
    Done,
    ErrorAnswer,
    GroundRequest,
    Message,
    Slot,
    WalkRequest,
)
from backend.orbit_answer import OrbitFrames, OrbitsAnswer
from backend.pace import MESSAGES_AT_ONCE, Pace
from backend.paths import base_of
from backend.reading import Aggregate, MessageError, Request, read_message
from backend.refusals import POLICY_VIOLATION
from backend.seed_messages import SeedsRequest
from backend.settings import DEFAULTS, Settings
from backend.settings_answer import SettingsAnswer, SettingsMaps
from backend.settings_messages import SettingsRequest
from backend.superseded import Superseded
from backend.walking import Source, WalkAnswer
from backend.workers import BusyError, Workers
from trajectories import Outcome, format_settings, stream

logger = logging.getLogger(__name__)

SEND_SECONDS = 10.0  # a client that does not receive a message within this time is disconnected
# Unusable messages: so many a second, and so many at once; after so many delayed ones the connection is closed.
BAD_A_SECOND, BAD_AT_ONCE, BAD_DELAYED = 20, 20, 20
# A scenario with a formula: its map is proposed when it is checked, which takes 20 to 500 ms. A key may have escapes.
TYPED = re.compile(r'"formula"\s*:\s*"|\\u')
LOST = 1006  # the code for a connection that ended without a close message
TOO_MANY_UNUSABLE = "Too many messages that cannot be used. The connection is closed."
COMPUTATION_FAILED = "The server failed to compute this; the error is in its log. Please try again."


def stream_route(
    prefix: str = "", *, settings: Settings = DEFAULTS, workers: Workers | None = None, source: Source = stream
) -> WebSocketRoute:
    """The route ``/api/stream``.

    Parameters
    ----------
    prefix : str
        The server's base path, ``server.baseUrlPath``; Streamlit adds it to its own routes only.
    settings : Settings
        The limits.
    workers : Workers, optional
        The threads that step; by default as many as in the settings.
    source : callable
        Computes the walk of a scenario.
    """
    workers = workers or Workers(settings.workers, settings.queue)
    caches = Caches(
        answers=Answers(), grounds=Grounds(), maps=Maps(), settings=SettingsMaps(), fans=Fans(), orbits=OrbitFrames()
    )
    search_lock = asyncio.Lock()

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        with metrics.SOCKETS.track_inprogress():
            pace = Pace(settings.messages_per_second, MESSAGES_AT_ONCE)
            await _Session(websocket, workers, caches, source, pace, map_budget(), search_lock).serve()

    return WebSocketRoute(base_of(prefix) + STREAM, endpoint, name="stream")


@dataclass(frozen=True, kw_only=True)
class Caches:
    """What all sockets of a server share."""

    answers: Answers
    grounds: Grounds
    maps: Maps
    fans: Fans
    orbits: OrbitFrames
    settings: SettingsMaps


class _SlotState:
    """The state of one slot: its newest request, the outcomes once it is answered, and the search for advice."""

    def __init__(self) -> None:
        self.newest: Request | None = None
        self.superseded = Superseded()
        """Of the newest request."""
        self.wake = asyncio.Event()
        self.outcomes: tuple[Outcome, ...] | None = None
        self.advising: asyncio.Task[None] | None = None

    def put(self, request: Request | None) -> None:
        """Replace the request; the computation for the older one ends."""
        self.superseded.end()
        self.newest, self.outcomes, self.superseded = request, None, Superseded()
        if self.advising is not None:
            self.advising.cancel()
            self.advising = None
        self.wake.set()


class _Session:
    """One socket: one task receives messages, and one task for each slot answers the slot's newest request."""

    def __init__(
        self,
        websocket: WebSocket,
        workers: Workers,
        caches: Caches,
        source: Source,
        pace: Pace,
        map_budget: Pace,
        search_lock: asyncio.Lock,
    ) -> None:
        self._websocket = websocket
        self._workers = workers
        self._caches = caches
        self._map_budget = map_budget
        self._source = source
        self._pace = pace
        self._search_lock = search_lock
        self._unusable_pace = Pace(BAD_A_SECOND, BAD_AT_ONCE)
        self._delayed = 0
        self._slots: dict[Slot, _SlotState] = {slot: _SlotState() for slot in SLOTS}
        self._sending = asyncio.Lock()
        self._network_turn = asyncio.Lock()

    async def serve(self) -> None:
        """Serve until the client disconnects or no longer receives messages."""
        try:
            async with asyncio.TaskGroup() as group:
                answering = [group.create_task(self._answer(state)) for state in self._slots.values()]
                await self._listen(group)
                for task in answering:
                    task.cancel()
                for state in self._slots.values():
                    state.put(None)
        except* WebSocketDisconnect:
            pass  # the client disconnected in the middle of an answer
        except* TimeoutError:
            logger.warning(line("socket closed", reason="the client receives nothing", seconds=SEND_SECONDS))
        finally:
            for state in self._slots.values():
                state.put(None)  # a thread that is computing for this socket learns of it, and stops

    async def _listen(self, group: asyncio.TaskGroup) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            # If the client sends too fast, reading is delayed: its further messages wait in its own send buffer.
            await asyncio.sleep(self._pace.take())
            try:
                received = await _read(message.get("text"))
            except MessageError as problem:
                metrics.REQUESTS.labels("refused").inc()
                if not await self._refuse(problem):
                    return
            except Exception:
                logger.exception(line("a message could not be read"))
                await self._send(ErrorAnswer(code="failed", message=COMPUTATION_FAILED))
            else:
                state = self._slots[received.slot]
                if not isinstance(received, Advise):
                    state.put(None if isinstance(received, Cancel) else received)
                elif state.outcomes and state.advising is None:
                    newest = state.newest
                    if isinstance(newest, WalkRequest) and newest.id == received.id:
                        state.advising = group.create_task(self._advise(newest, state.outcomes, state))

    async def _refuse(self, problem: MessageError) -> bool:
        """Answer a message that cannot be used, with a delay if there are many; False if there were too many."""
        delay = self._unusable_pace.take()
        self._delayed += delay > 0
        if self._delayed > BAD_DELAYED:
            logger.warning(line("socket closed", reason="too many bad messages"))
            await self._send(
                ErrorAnswer(code="refused", message=TOO_MANY_UNUSABLE, slot=problem.slot, id=problem.request)
            )
            await self._websocket.close(POLICY_VIOLATION, TOO_MANY_UNUSABLE)
            return False
        await asyncio.sleep(delay)
        answer = ErrorAnswer(code=problem.code, message=str(problem), slot=problem.slot, id=problem.request)
        await self._send(answer)
        return True

    async def _answer(self, state: _SlotState) -> None:
        while True:
            await state.wake.wait()
            state.wake.clear()
            request = state.newest
            if request is not None:
                with metrics.WALKING.track_inprogress():
                    await self._compute(request, state)

    def _answer_to(
        self, request: Request, superseded: Superseded
    ) -> WalkAnswer | GroundAnswer | ExamplesAnswer | AggregateAnswer[Any]:
        caches = self._caches
        if isinstance(request, WalkRequest):
            return WalkAnswer(request, self._workers, caches.answers, self._source, superseded, self._network_turn)
        if isinstance(request, GroundRequest):
            return GroundAnswer(request, self._workers, caches.grounds, superseded)
        if isinstance(request, ExamplesRequest | BatchesRequest):
            return ExamplesAnswer(request, self._workers, caches.answers, superseded)
        return self._aggregate_answer_to(request, superseded)

    def _aggregate_answer_to(self, request: Aggregate, superseded: Superseded) -> AggregateAnswer[Any]:
        """The answer about many walks at once; all of them share the socket's budget."""
        caches, workers, budget = self._caches, self._workers, self._map_budget
        if isinstance(request, MapRequest):
            return MapAnswer(request, workers, caches.maps, budget, superseded)
        if isinstance(request, SettingsRequest):
            return SettingsAnswer(request, workers, caches.settings, budget, superseded)
        if isinstance(request, SeedsRequest):
            return FanAnswer(request, workers, caches.fans, budget, superseded)
        return OrbitsAnswer(request, workers, caches.orbits, budget, superseded)

    async def _compute(self, request: Request, state: _SlotState) -> None:
        superseded = state.superseded
        answer = self._answer_to(request, superseded)
        outcome = "failed"
        try:
            async for message in answer.messages():
                if isinstance(message, Done) and isinstance(answer, WalkAnswer) and not superseded():
                    state.outcomes = answer.outcomes
                await self._send(message)
            outcome = answer.outcome
        except BusyError as full:
            outcome = "busy"
            await self._send(Busy(slot=request.slot, id=request.id, retry_ms=round(1000 * full.retry)))
        except (TimeoutError, WebSocketDisconnect, asyncio.CancelledError):
            outcome = "left"
            raise
        except Exception:
            logger.exception(line("failed", scenario=format_settings(request.scenario)))
            await self._send(ErrorAnswer(code="failed", message=COMPUTATION_FAILED, slot=request.slot, id=request.id))
        finally:
            metrics.REQUESTS.labels(outcome).inc()
            logger.info(answer.log_line(outcome))

    async def _advise(self, request: WalkRequest, outcomes: tuple[Outcome, ...], state: _SlotState) -> None:
        try:
            search = AdviceAnswer(request, outcomes, self._workers, self._caches.answers, self._search_lock)
            async for message in search.messages():
                await self._send(message)
        except (TimeoutError, WebSocketDisconnect):
            raise
        except Exception:  # the walk is complete and shown: the failure of the search is only logged
            logger.exception(line("advice failed", scenario=format_settings(request.scenario)))
        finally:
            if state.newest is request:
                state.advising = None  # it may be requested again

    async def _send(self, message: Message | bytes) -> None:
        async with self._sending, asyncio.timeout(SEND_SECONDS):
            # Another slot's message may have found the connection lost while this one waited for its turn.
            if self._websocket.application_state is not WebSocketState.CONNECTED:
                raise WebSocketDisconnect(LOST)
            if isinstance(message, bytes):
                await self._websocket.send_bytes(message)
            else:
                await self._websocket.send_text(message.model_dump_json(by_alias=True))


async def _read(text: str | None) -> Request | Cancel | Advise:
    """Read a message; one with a formula in a thread, so that the event loop is free."""
    if text is not None and TYPED.search(text):
        return await run_in_threadpool(read_message, text)
    return read_message(text)
