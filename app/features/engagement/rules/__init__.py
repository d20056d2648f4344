"""What of events, representations and statements may be published: allow-lists, field by field.

A new column stays inside until it is named here. `hub_note` is named nowhere.
"""

EVENT = "event"
REPRESENTATION = "representation"
STATEMENT = "statement"
