"""placeholder"""

from medlint.document import Metadata


def read(source, format, builder):
    return Metadata(), None
