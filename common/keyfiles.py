"""Key files: one key of 32 bytes each, mode 0600, never overwritten."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from common.sealing import KEY_BYTES


class KeyringError(Exception):
    """The keys are missing, unreadable, open to others or would be overwritten."""


def write_key(path: Path) -> None:
    """Make a new key file; KeyringError where one is already."""
    content = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyringError(f"密钥文件 {path} 已存在，不能覆盖。") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """The key in a file; KeyringError where it is missing, open to others or damaged."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyringError(f"密钥文件 {path} 的权限过宽，请改为仅属主可读写（0600）。")
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except OSError:
        raise KeyringError(f"密钥文件 {path} 不存在或无法读取，请核对或恢复密钥备份。") from None
    except binascii.Error:
        raise KeyringError(f"密钥文件 {path} 内容不对，请恢复密钥备份。") from None
    if len(key) != KEY_BYTES:
        raise KeyringError(f"密钥文件 {path} 长度不对，请恢复密钥备份。")
    return key
