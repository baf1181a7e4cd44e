"""Laws of the owners' vote: one legal regime a file, dated, cited, in our own words.

A law that changed is two regimes with dates, each in a file of its own.  See `sim.regime` for what a regime
holds and `sim.law_in_force` for which one is in force on a day.
"""
