"""Samples of the models of the chapter Two-sided platforms."""

from contract import Kind, Sample

from netfin.platforms import in_use

SAMPLES = [
    Sample(
        in_use.PlatformsTerms,
        {"gain": 0.05, "cost": 0.02},
        {"gain": Kind.NUMBERS, "cost": Kind.NUMBERS},
    ),
    Sample(
        in_use.what_is_left,
        {"in_use": 0.5, "terms": in_use.TERMS},
        {"in_use": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
]
