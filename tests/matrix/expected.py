"""What must come out: who may knock where, and who sees which field of what. Reviewed by people.

This table is a second source on purpose: it is written by hand and never derived from
`app/web/policy.py` or the rules, which the tests compare it with. Whoever changes one changes
the other, and says why. Audiences of copies (network, partners) have their own lines: STANDING and OPEN.
Single sign-on speaks to another machine, so its routes are walked by tests of their own.
"""

COLUMNS = (
    "visitor", "account", "practitioner", "partner", "contributor", "lead",
    "reviewer", "analyst", "editor", "admin", "auditor",
    "library", "aggregate", "own", "write",
)  # fmt: skip
"""Roles of people at a browser, then what tokens are for (of whoever leads a city)."""

# y: answered · -: nothing here (404) · c: answered, confirmed within five minutes; else 403
# f: 403, a token that is for something else · roles of the hub that sleep get 403 where they would act
ROUTES = """
                                 vi ac pr pa co le re an ed ad au  li ag ow wr
live                              y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
ready                             y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
openapi                           y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
docs                              y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
csp.report                        y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
root                              y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
home                              y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
demo.sign-in                      -  -  -  -  -  -  -  -  -  -  -   f  f  f  f
impact                            y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
evidence                          y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
privacy                           y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
about                             y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
practices                         y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
practices.csv                     y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
practice                          y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
practice.cite                     y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
correction                        y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
correction.send                   y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
correction.sent                   y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
compare                           y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
compare.xlsx                      y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
compare.csv                       y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
compare.cities                    y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
compare.cities.xlsx               y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
compare.cities.csv                y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
cities                            y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
city                              y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
events                            y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
event                             y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
consultations                     y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
consultation.new                  y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
consultation.start                -  -  -  -  y  y  -  -  -  -  -   f  f  f  f
consultation                      y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
consultation.check                -  -  -  -  y  y  -  -  -  -  -   f  f  f  f
consultation.submit               -  -  -  -  -  y  -  -  -  -  -   f  f  f  f
consultation.discard              -  -  -  -  -  y  -  -  -  -  -   f  f  f  f
consultation.withdraw             -  -  -  -  -  y  -  -  -  -  -   f  f  f  f
consultation.section              -  -  -  -  y  y  -  -  -  -  -   f  f  f  f
consultation.section.save         -  -  -  -  y  y  -  -  -  -  -   f  f  f  f
consultation.section.draft        -  -  -  -  y  y  -  -  -  -  -   f  f  f  f
sign-in                           y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.ask                       y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.code                      y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.code.use                  y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.link                      y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.link.use                  y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-out                          y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
passkey.sign-in.options           y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
passkey.sign-in                   y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
invitation                        y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
invitation.accept                 y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
confirm                           -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
confirm.mail                      -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
confirm.code                      -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
confirm.recovery                  -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
confirm.passkey.options           -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
confirm.passkey                   -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account                           -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.save                      -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.address                   -  c  c  c  c  c  c  c  c  c  c   f  f  f  f
account.address.confirm           -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.address.change            -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.devices.end               -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.device.end                -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.recovery-codes            -  c  c  c  c  c  c  c  c  c  c   f  f  f  f
account.token.make                -  c  c  c  c  c  c  c  c  c  c   f  f  f  f
account.token.end                 -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
passkey.new.options               -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
passkey.new                       -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
passkey.remove                    -  c  c  c  c  c  c  c  c  c  c   f  f  f  f
sign-in.sso                       y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.sso.back                  y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
sign-in.sso.use                   y  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.sso.link                  -  c  c  c  c  c  c  c  c  c  c   f  f  f  f
account.sso.use                   -  y  y  y  y  y  y  y  y  y  y   f  f  f  f
account.sso.unlink                -  c  c  c  c  c  c  c  c  c  c   f  f  f  f
people                            -  -  -  -  -  y  -  -  -  y  -   f  f  f  f
person                            -  -  -  -  -  y  -  -  -  y  -   f  f  f  f
person.role.give                  -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
person.role.end                   -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
person.token.end                  -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
person.suspend                    -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
person.reinstate                  -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
person.leave                      -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
people.invitations                -  -  -  -  -  y  -  -  -  y  -   f  f  f  f
people.invite                     -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
people.invite.send                -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
people.invitation.revoke          -  -  -  -  -  c  -  -  -  c  -   f  f  f  f
manage                            -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.practices                  -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.practice.new               -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.practice.create            -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.practice                   -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.practice.save              -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.practice.preview           -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.places                     -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.place.new                  -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.place.create               -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.place                      -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.place.save                 -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.sources                    -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.source.new                 -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.source.create              -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.source                     -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.source.save                -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.synonyms                   -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.synonym.new                -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.synonym.create             -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.synonym                    -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.synonym.save               -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.records                    -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.record.new                 -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.record.create              -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.record                     -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.record.save                -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.corrections                -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.correction.mark            -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.consultation               -  -  -  -  -  -  y  y  y  -  -   f  f  f  f
manage.consultation.statement     -  -  -  -  -  -  y  -  y  -  -   f  f  f  f
manage.consultation.review        -  -  -  -  -  -  y  -  y  -  -   f  f  f  f
manage.consultation.note          -  -  -  -  -  -  y  -  y  -  -   f  f  f  f
manage.consultation.return        -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.consultation.preview       -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
manage.consultation.publish       -  -  -  -  -  -  -  -  c  -  -   f  f  f  f
manage.consultation.archive       -  -  -  -  -  -  -  -  y  -  -   f  f  f  f
audit                             -  -  -  -  -  -  -  -  -  -  y   f  f  f  f
audit.csv                         -  -  -  -  -  -  -  -  -  -  c   f  f  f  f
api.practices                     y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.practice                      y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.consultations                 y  y  y  y  y  y  y  y  y  y  y   f  f  y  f
api.consultation                  y  y  y  y  y  y  y  y  y  y  y   f  f  y  f
api.consultation.file             -  -  -  -  y  y  -  -  -  -  -   f  f  f  y
api.comparisons.practices         y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.cities                        y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.city                          y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.events                        y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.event                         y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
api.support                       y  y  y  y  y  y  y  y  y  y  y   f  y  f  f
api.figures                       y  y  y  y  y  y  y  y  y  y  y   f  y  f  f
api.vocabulary                    y  y  y  y  y  y  y  y  y  y  y   y  f  f  f
"""

COLUMN_OF = {
    "visitor": "visitor",
    "account without role": "account",
    "practitioner": "practitioner",
    "partner": "partner",
    "partner of IQ": "partner",
    "contributor A": "contributor",
    "lead A": "lead",
    "lead B same country": "lead",
    "lead C other country": "lead",
    "reviewer": "reviewer",
    "analyst of IQ": "analyst",
    "analyst of MA": "analyst",
    "editor": "editor",
    "editor of IQ": "editor",
    "admin": "admin",
    "auditor": "auditor",
    "editor long unconfirmed": "editor",
    "admin long unconfirmed": "admin",
    "token read:library": "library",
    "token read:aggregate": "aggregate",
    "token read:own-consultations": "own",
    "token write:consultations": "write",
    "token for open consultations": "own",
    "token for partners": "own",
    "token bound elsewhere": "own",
    "token of an editor": "own",
    "token of a former member": "own",
    "former member": "account",
    "editor asleep": "account",
    "suspended session": "visitor",
    "session of one who left": "visitor",
    "idle session": "visitor",
    "idle session of the hub": "visitor",
    "session of yesterday": "visitor",
    "ended session": "visitor",
    "suspended token": "visitor",
    "revoked token": "visitor",
    "expired token": "visitor",
}
"""Every principal, and the column that holds for them. What is dead opens what is open to everybody."""

ASLEEP = {"editor asleep": "editor"}
"""Roles that wait for a passkey: where their column would let them in, they are told to show it (403)."""
UNCONFIRMED = frozenset({"editor long unconfirmed", "admin long unconfirmed"})
"""Those for whom `c` is 403."""

STANDING = {
    #                              own city    same country  other country
    "visitor":                    ("public",   "public",     "public"),
    "account without role":       ("public",   "public",     "public"),
    "practitioner":               ("network",  "network",    "network"),
    "partner":                    ("partners", "partners",   "partners"),
    "partner of IQ":              ("partners", "partners",   "network"),
    "contributor A":              ("own",      "network",    "network"),
    "lead A":                     ("own",      "network",    "network"),
    "lead B same country":        ("network",  "own",        "network"),
    "lead C other country":       ("network",  "network",    "own"),
    "reviewer":                   ("hub",      "hub",        "hub"),
    "analyst of IQ":              ("hub",      "hub",        "network"),
    "analyst of MA":              ("network",  "network",    "hub"),
    "editor":                     ("hub",      "hub",        "hub"),
    "editor of IQ":               ("hub",      "hub",        "network"),
    "admin":                      ("network",  "network",    "network"),
    "auditor":                    ("network",  "network",    "network"),
    "editor long unconfirmed":    ("hub",      "hub",        "hub"),
    "admin long unconfirmed":     ("network",  "network",    "network"),
    "token read:library":         ("public",   "public",     "public"),
    "token read:aggregate":       ("public",   "public",     "public"),
    "token read:own-consultations": ("own",    "network",    "network"),
    "token write:consultations":  ("own",      "network",    "network"),
    "token for open consultations": ("public", "public",     "public"),
    "token for partners":         ("partners", "network",    "network"),
    "token bound elsewhere":      ("public",   "public",     "public"),
    "token of an editor":         ("public",   "public",     "public"),
    "token of a former member":   ("public",   "public",     "public"),
    "former member":              ("public",   "public",     "public"),
    "editor asleep":              ("public",   "public",     "public"),
    "suspended session":          ("public",   "public",     "public"),
    "session of one who left":    ("public",   "public",     "public"),
    "idle session":               ("public",   "public",     "public"),
    "idle session of the hub":    ("public",   "public",     "public"),
    "session of yesterday":       ("public",   "public",     "public"),
    "ended session":              ("public",   "public",     "public"),
    "suspended token":            ("public",   "public",     "public"),
    "revoked token":              ("public",   "public",     "public"),
    "expired token":              ("public",   "public",     "public"),
}  # fmt: skip
"""What each is to consultations of the three kinds of places. `own` reads all of them, `hub` what was
sent at least once; the others read published copies for the public, the network, or partners."""

COPIES = {
    "public": ("public",),
    "network": ("public", "network"),
    "partners": ("public", "network", "partners"),
    "hub": ("public", "network", "partners"),
    "own": ("public", "network", "partners"),
}
"""Which sensitivities of published copies a standing reads (never `hub`). Officials read those about
their city."""

OPEN = {
    "A0": (),
    "A1": (),
    "A2": (),
    "A3": ("text", "translations"),
    "A4": ("text", "translations", "office_title"),
    "A5": ("text", "translations", "office_title", "person_name"),
}
"""Fields of a statement that a copy has at a level of attribution; the stricter of statement and
consultation counts. Of the consultation itself a copy has no words at all."""

FINDS = {
    "consultation": ("own", "hub", "copy"),
    "api.consultation": ("own", "hub", "copy"),
    "consultation.check": ("own",),
    "consultation.section": ("own",),
    "consultation.submit": ("own",),
    "consultation.discard": ("own",),
    "consultation.withdraw": ("own",),
    "consultation.section.save": ("own",),
    "consultation.section.draft": ("own",),
    "manage.consultation": ("hub",),
    "manage.consultation.preview": ("hub",),
    "manage.consultation.statement": ("hub",),
    "manage.consultation.review": ("hub",),
    "manage.consultation.note": ("hub",),
    "manage.consultation.return": ("hub",),
    "manage.consultation.publish": ("hub",),
    "manage.consultation.archive": ("hub",),
}
"""By what standing somebody who may knock finds a consultation; others find nothing (404). The hub's
pages are closed while a city works on what was given back."""

BY_SECRET = ("invitation", "account.address.confirm")
"""Pages that show nothing (404) without a secret that went out by mail, whoever asks."""

NOT_FOR_OWN = ("consultation.hub_note",)
"""Fields of a city's own consultations that the city does not see either."""
NEVER = ("stored_answer.body",)
"""Fields that nobody is shown: what was answered to a program is answered to it again only."""

SEES_DESK = ("editor", "editor of IQ", "editor long unconfirmed")
"""Who sees practices and the hub's record before publication, notes on them, suggested corrections:
the desk is one for all countries."""

SEES_ACCOUNTS = {
    "admin": "everybody",
    "admin long unconfirmed": "everybody",
    "lead A": ("contributor A", "invitation of contributor"),
}
"""Who sees names and addresses of others, and what their tokens are for, to end them: administrators, and
leads those whom they may invite."""
SHOWN_OF_ACCOUNTS = (
    "account.name", "account.email", "api_token.name", "invitation.name", "invitation.email",
)  # fmt: skip
SHOWN_TO_ONESELF = (
    "account.name", "account.email", "sign_in_session.device", "api_token.name", "passkey.name",
)  # fmt: skip

OWNED = ("account.device.end", "passkey.remove", "account.token.end")
"""Routes about belongings of one's own account: those of others are not there (404)."""
_LEAD_A = {"lead A": ("contributor A",)}
MANAGES = {
    "person.role.give": _LEAD_A,
    "person.role.end": _LEAD_A,
    "person.token.end": _LEAD_A,
    "person.suspend": _LEAD_A,
    "person.reinstate": _LEAD_A,
    "person.leave": _LEAD_A,
}
"""Whom leads of a city manage: contributors of their city. Administrators: everybody below them."""
PEERS = ("admin", "admin long unconfirmed")
"""Whom administrators do not manage: themselves and their equals."""
REVOKES = ("lead A", "admin", "admin long unconfirmed")
"""Who may take an invitation of a contributor of the own city back."""

# Who may give which role where. a: anywhere · o: in the own city · n: nowhere
GRANTS = """
                    practitioner partner contributor lead reviewer analyst auditor editor admin
visitor             n            n       n           n    n        n       n       n      n
signed in           n            n       n           n    n        n       n       n      n
practitioner        n            n       n           n    n        n       n       n      n
partner             n            n       n           n    n        n       n       n      n
city contributor    n            n       n           n    n        n       n       n      n
city lead           n            n       o           n    n        n       n       n      n
reviewer            n            n       n           n    n        n       n       n      n
hub analyst         n            n       n           n    n        n       n       n      n
hub editor          n            n       n           n    n        n       n       n      n
auditor             n            n       n           n    n        n       n       n      n
hub admin           a            a       a           a    a        a       a       a      n
"""
