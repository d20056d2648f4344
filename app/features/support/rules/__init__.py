"""What of support, plans, bodies, strategies and reported needs may be published, field by field."""

SUPPORT = "support"
ACTION_PLAN = "local_action_plan"
NATIONAL_BODY = "national_body"
NATIONAL_STRATEGY = "national_strategy"
REPORTED_NEED = "reported_need"
