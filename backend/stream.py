"""The WebSocket route: a scenario comes in, its steps go out as they are computed; in each slot the newest wins."""

import asyncio
import logging

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from backend import metrics
from backend.addresses import Addresses
from backend.advising import Advising
from backend.answers import Answers
from backend.log import line
from backend.messages import (
    SLOTS,
    Advise,
    Busy,
    Cancel,
    Done,
    ErrorAnswer,
    Message,
    MessageError,
    Slot,
    WalkRequest,
    read_message,
)
from backend.origins import may_connect
from backend.pace import MESSAGES_AT_ONCE, Pace
from backend.paths import base_of
from backend.settings import DEFAULTS, Settings
from backend.walking import Source, Walking
from backend.workers import BusyError, Workers
from trajectories import Outcome, format_link, stream

logger = logging.getLogger(__name__)

PATH = "/api/stream"
SEND_SECONDS = 10.0  # a client that takes nothing for so long is given up
BAD_A_SECOND, BAD_AT_ONCE, BAD_DELAYED = 20, 20, 20
TRY_AGAIN_LATER = 1013
POLICY_VIOLATION = 1008
ENOUGH = "Too many messages that cannot be used. The connection is closed."
SORRY = "Something went wrong on the server, and it has been noted. Please try again."


def stream_route(
    prefix: str = "", *, settings: Settings = DEFAULTS, workers: Workers | None = None, source: Source = stream
) -> WebSocketRoute:
    """The route ``/api/stream``.

    Parameters
    ----------
    prefix : str
        The server's base path, ``server.baseUrlPath``; routes of our own are not prefixed for us.
    settings : Settings
        Who may connect, and what is bounded.
    workers : Workers, optional
        The threads that step; by default as many as the settings say.
    source : callable
        What walks a scenario.
    """
    workers = workers or Workers(settings.workers, settings.queue)
    answers = Answers()
    searching = asyncio.Lock()
    addresses = Addresses(settings.sockets_per_address)

    async def endpoint(websocket: WebSocket) -> None:
        if not may_connect(websocket.headers, settings.origins):
            logger.warning(line("socket refused", origin=websocket.headers.get("origin")))
            await websocket.close()  # before it is accepted: the browser sees 403
            return
        address = websocket.client.host if websocket.client else ""
        await websocket.accept()
        with addresses.hold(address) as admitted:
            if admitted:
                with metrics.SOCKETS.track_inprogress():
                    pace = Pace(settings.messages_per_second, MESSAGES_AT_ONCE)
                    await _Session(websocket, workers, answers, source, pace, searching).serve()
            else:
                logger.warning(line("socket refused", address=address, sockets=addresses.most))
                sentence = f"This address has {addresses.most} connections, which is the most allowed."
                await websocket.send_text(ErrorAnswer(code="refused", message=sentence).model_dump_json())
                await websocket.close(TRY_AGAIN_LATER)

    return WebSocketRoute(base_of(prefix) + PATH, endpoint, name="stream")


class _Turn:
    """What is wanted in one slot: the newest request, or nothing; once it is answered, perhaps advice."""

    def __init__(self) -> None:
        self.newest: WalkRequest | None = None
        self.wake = asyncio.Event()
        self.outcomes: tuple[Outcome, ...] | None = None
        self.advising: asyncio.Task[None] | None = None

    def put(self, request: WalkRequest | None) -> None:
        """End what goes on, and begin with this."""
        self.newest, self.outcomes = request, None
        if self.advising is not None:
            self.advising.cancel()
            self.advising = None
        self.wake.set()


class _Session:
    """One socket: one coroutine listens, one for each slot answers, and between them is the slot's newest request."""

    def __init__(
        self,
        websocket: WebSocket,
        workers: Workers,
        answers: Answers,
        source: Source,
        pace: Pace,
        searching: asyncio.Lock,
    ) -> None:
        self._websocket = websocket
        self._workers = workers
        self._answers = answers
        self._source = source
        self._pace = pace
        self._searching = searching
        self._patience = Pace(BAD_A_SECOND, BAD_AT_ONCE)
        self._delayed = 0
        self._turns: dict[Slot, _Turn] = {slot: _Turn() for slot in SLOTS}
        self._sending = asyncio.Lock()

    async def serve(self) -> None:
        """Until the client leaves, or takes nothing any more."""
        try:
            async with asyncio.TaskGroup() as group:
                answering = [group.create_task(self._answer(turn)) for turn in self._turns.values()]
                await self._listen(group)
                for task in answering:
                    task.cancel()
                for turn in self._turns.values():
                    turn.put(None)
        except* WebSocketDisconnect:
            pass  # it left in the middle of an answer
        except* TimeoutError:
            logger.warning(line("socket given up", took_nothing_for_s=SEND_SECONDS))
        finally:
            for turn in self._turns.values():
                turn.newest = None  # a thread that is stepping for us sees it, and stops

    async def _listen(self, group: asyncio.TaskGroup) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            # Who talks too fast waits; what they say meanwhile waits with them, at their end of the line.
            await asyncio.sleep(self._pace.take())
            try:
                wish = read_message(message.get("text"))
            except MessageError as problem:
                metrics.REQUESTS.labels("refused").inc()
                if not await self._bear(problem):
                    return
            except Exception:
                logger.exception(line("a message could not be read"))
                await self._send(ErrorAnswer(code="failed", message=SORRY))
            else:
                turn = self._turns[wish.slot]
                if not isinstance(wish, Advise):
                    turn.put(None if isinstance(wish, Cancel) else wish)
                elif turn.outcomes and turn.advising is None and turn.newest and turn.newest.id == wish.id:
                    turn.advising = group.create_task(self._advise(turn.newest, turn.outcomes, turn))

    async def _bear(self, problem: MessageError) -> bool:
        """Answer a message that cannot be used, later and later if there are many; at last hang up, and say False."""
        delay = self._patience.take()
        self._delayed += delay > 0
        if self._delayed > BAD_DELAYED:
            logger.warning(line("socket closed", reason="too many bad messages"))
            await self._send(ErrorAnswer(code="refused", message=ENOUGH, slot=problem.slot, id=problem.request))
            await self._websocket.close(POLICY_VIOLATION, ENOUGH)
            return False
        await asyncio.sleep(delay)
        told = ErrorAnswer(code=problem.code, message=str(problem), slot=problem.slot, id=problem.request)
        await self._send(told)
        return True

    async def _answer(self, turn: _Turn) -> None:
        while True:
            await turn.wake.wait()
            turn.wake.clear()
            request = turn.newest
            if request is not None:
                with metrics.WALKING.track_inprogress():
                    await self._walk(request, turn)

    async def _walk(self, request: WalkRequest, turn: _Turn) -> None:
        walk = Walking(request, self._workers, self._answers, self._source, lambda: turn.newest is not request)
        outcome = "failed"
        try:
            async for message in walk.messages():
                if isinstance(message, Done) and turn.newest is request:
                    turn.outcomes = walk.outcomes
                await self._send(message)
            outcome = walk.outcome
        except BusyError as full:
            outcome = "busy"
            await self._send(Busy(slot=request.slot, id=request.id, retry_ms=round(1000 * full.retry)))
        except (TimeoutError, WebSocketDisconnect, asyncio.CancelledError):
            outcome = "left"
            raise
        except Exception:
            logger.exception(line("failed", scenario=format_link(request.scenario)))
            await self._send(ErrorAnswer(code="failed", message=SORRY, slot=request.slot, id=request.id))
        finally:
            metrics.REQUESTS.labels(outcome).inc()
            logger.info(walk.told(outcome))

    async def _advise(self, request: WalkRequest, outcomes: tuple[Outcome, ...], turn: _Turn) -> None:
        try:
            search = Advising(request, outcomes, self._workers, self._answers, self._searching)
            async for message in search.messages():
                await self._send(message)
        except (TimeoutError, WebSocketDisconnect):
            raise
        except Exception:  # the walk is whole, and on the screen: only the log says that the search failed
            logger.exception(line("no advice", scenario=format_link(request.scenario)))
        finally:
            if turn.newest is request:
                turn.advising = None  # it may be asked for again

    async def _send(self, message: Message | bytes) -> None:
        async with self._sending, asyncio.timeout(SEND_SECONDS):
            if isinstance(message, bytes):
                await self._websocket.send_bytes(message)
            else:
                await self._websocket.send_text(message.model_dump_json())
