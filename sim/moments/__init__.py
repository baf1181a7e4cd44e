"""Moments: the points of the week at which measures may ask for something.

A measure only requests; the moment resolves all requests once, in an order of its own, so that the order of measures cannot
matter.  A moment shows no household, no quality and no outcome: those follow from what households live through.
"""

from sim.moments.campaign import Campaign
from sim.moments.election import Candidate, Elected, Election, Reservation, Reserved, Seat
from sim.moments.formation import Formation
from sim.moments.measure import Measure
from sim.moments.meeting_call import MeetingCall
from sim.moments.moment import Moment, Source
from sim.moments.notice import Notice
from sim.moments.oversight import Oversight
from sim.moments.plan import Plan
from sim.moments.stand_in import StandIn, Terms

__all__ = [
    "Campaign", "Candidate", "Elected", "Election", "Formation", "Measure", "MeetingCall", "Moment", "Notice", "Oversight",
    "Plan", "Reservation", "Reserved", "Seat", "Source", "StandIn", "Terms",
]  # fmt: skip
