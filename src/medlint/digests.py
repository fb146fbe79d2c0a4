"""SHA-256 (FIPS 180-4) and BLAKE2b (RFC 7693) from Python's own modules, as in the standard library's ``random``.

``hashlib`` loads OpenSSL, for which a start waits as long as for reading an article.
"""

from typing import TYPE_CHECKING

__all__ = ["blake2b", "sha256"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b

        try:
            from _sha2 import sha256  # from Python 3.12 on
        except ImportError:
            from _sha256 import sha256
    except ImportError:  # a Python that is built otherwise
        from hashlib import blake2b, sha256
