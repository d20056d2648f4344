"""From one state of publication to another: the buttons of a form."""

from app.core.messages import noop
from app.routers.pages.manage.form_page import Action
from app.web.i18n import Translator

_TARGETS = {"publish": "published", "withdraw": "draft", "review": "in review", "archive": "archived"}

_PUBLISH = noop("Everybody can read it at once, and search finds it. Publish?")
_AGAIN = noop("Readers see this version from now on. Publish?")
_WITHDRAW = noop(
    "Readers can no longer open it, and search no longer finds it. It is a draft again. Withdraw?"
)
_ARCHIVE = noop("Readers can no longer open it, and search no longer finds it. The hub keeps it. Archive?")


def publication_asked(do: str) -> str:
    """The state that a button asks for; none for plain saving."""
    return _TARGETS.get(do, "")


def actions_for(words: Translator, state: str, *, can_review: bool = False) -> tuple[Action, ...]:
    """What may be done with a record in this state."""
    say = words.gettext
    is_public = state == "published"
    actions = [Action("save", say("Save without publishing") if is_public else say("Save"))]
    if can_review and state == "draft":
        actions.append(Action("review", say("Save and put in review"), kind="secondary"))
    if is_public:
        actions.append(Action("publish", say("Save and publish again"), say(_AGAIN), "secondary"))
        actions.append(Action("withdraw", say("Withdraw from readers"), say(_WITHDRAW), "danger"))
    else:
        actions.append(Action("publish", say("Save and publish"), say(_PUBLISH), "secondary"))
    if state == "archived":
        actions.append(Action("withdraw", say("Make it a draft again"), kind="secondary"))
    else:
        actions.append(Action("archive", say("Archive"), say(_ARCHIVE), "danger"))
    return tuple(actions)
