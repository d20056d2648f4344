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
    is_public = state == "published"
    save = words.gettext("Save without publishing") if is_public else words.gettext("Save")
    actions = [Action("save", save)]
    if can_review and state == "draft":
        actions.append(Action("review", words.gettext("Save and put in review"), kind="secondary"))
    publish = words.gettext("Save and publish again") if is_public else words.gettext("Save and publish")
    actions.append(Action("publish", publish, words.gettext(_AGAIN if is_public else _PUBLISH), "secondary"))
    if is_public:
        withdraw = words.gettext("Withdraw from readers")
        actions.append(Action("withdraw", withdraw, words.gettext(_WITHDRAW), "danger"))
    if state == "archived":
        actions.append(Action("withdraw", words.gettext("Make it a draft again"), kind="secondary"))
    else:
        actions.append(Action("archive", words.gettext("Archive"), words.gettext(_ARCHIVE), "danger"))
    return tuple(actions)
