"""Scenarios, the stepping loop, the record of each run, its outcome, and advice."""

from trajectories.advice import Advice, advise
from trajectories.basin_map import BasinMap, basins
from trajectories.candidates import Change
from trajectories.data_edits import MAX_POINTS, PointEdit
from trajectories.limits import Limit, limits
from trajectories.link import parse_inside, parse_link, preset_scenario
from trajectories.link_writing import carries_data, format_link, format_settings
from trajectories.offer import EVERYTHING, Offer, parse_offer
from trajectories.opening import USUAL, Opening, parse_opening
from trajectories.orbits import Orbits, orbits
from trajectories.outcome import KINDS, Outcome
from trajectories.scenario import MAX_BATCH, MAX_NOISE, MAX_RUNS, MAX_SEED, MAX_STEPS, Run, Scenario, ScenarioError
from trajectories.seed_fan import Seeds, seeds
from trajectories.settings_map import Axis, SettingsMap, settings
from trajectories.stepping import COLUMNS
from trajectories.trajectory import Chunk, Trajectory, simulate, stream, warm

__all__ = [
    "COLUMNS",
    "EVERYTHING",
    "KINDS",
    "MAX_BATCH",
    "MAX_NOISE",
    "MAX_POINTS",
    "MAX_RUNS",
    "MAX_SEED",
    "MAX_STEPS",
    "USUAL",
    "Advice",
    "Axis",
    "BasinMap",
    "Change",
    "Chunk",
    "Limit",
    "Offer",
    "Opening",
    "Orbits",
    "Outcome",
    "PointEdit",
    "Run",
    "Scenario",
    "ScenarioError",
    "Seeds",
    "SettingsMap",
    "Trajectory",
    "advise",
    "basins",
    "carries_data",
    "format_link",
    "format_settings",
    "limits",
    "orbits",
    "parse_inside",
    "parse_link",
    "parse_offer",
    "parse_opening",
    "preset_scenario",
    "seeds",
    "settings",
    "simulate",
    "stream",
    "warm",
]
