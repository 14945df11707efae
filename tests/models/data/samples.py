"""Samples of the readers of data and facts."""

from contract import Kind, Sample

from netfin import data, facts

SAMPLES = [
    Sample(data.catalogue, {"folder": data.DATA}, {"folder": Kind.OTHER}, infinite=True),
    Sample(
        data.load,
        {"name": "lending_club_grade_money_2007_2011", "path": None, "folder": data.DATA},
        {"name": Kind.TEXT, "path": Kind.OTHER, "folder": Kind.OTHER},
    ),
    Sample(
        data.content,
        {"path": data.DATA / "facts.csv", "what": "file of facts"},
        {"path": Kind.OTHER, "what": Kind.OTHER},
    ),
    Sample(facts.load, {"folder": data.DATA}, {"folder": Kind.OTHER}),
]
