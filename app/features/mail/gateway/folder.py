"""Mails as files: for a machine without a mail server, where one person is developer and reader."""

import asyncio
from email import policy
from pathlib import Path

import structlog

from app.features.mail.commands import Letter
from app.features.mail.gateway.messages import message_of, sender_of

log = structlog.get_logger()

LOCAL_SENDER = "medina@localhost"
_READABLE = policy.default.clone(utf8=True, cte_type="8bit")


class FolderGateway:
    """Writes each mail to a file that only the owner of the process may read; the log names the file."""

    def __init__(self, folder: Path, sender: str = "") -> None:
        self._folder = folder
        self._sender = sender_of(sender or LOCAL_SENDER)

    async def send(self, letter: Letter) -> None:
        """Write the file; a second copy takes the place of the first. Raises OSError."""
        path = self._folder / f"{letter.created_at:%Y%m%d-%H%M%S}-{letter.kind}-{letter.id.hex[:8]}.eml"
        message = message_of(letter, self._sender, encoding="8bit")
        await asyncio.to_thread(_write, path, message.as_bytes(policy=_READABLE))
        log.info("mail-in-folder", file=str(path))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(content)
    unfinished.replace(path)
