"""Places and their people.

A *place* says which estates there are; `settle` brings households and institutions to it.  A *scenario* (place, horizon,
policy and story) is a file under `conf/scenario/`; `scenarios.scenario` holds one once it is resolved.
"""
