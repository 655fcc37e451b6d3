"""Generates appliance/protocol/generated/ from packaging/protocol_tables.txt.

    python packaging/generate_codec.py [--check]

One module per API: message classes (one per message, with the union of its versions' fields) and
flat decode/encode functions per version. What makes them fast: adjacent fixed-size fields share
one struct call, one-byte varints are read inline, records stay memoryviews, encoding appends to a
list that goes to the socket as it is. What makes them safe: every length is checked against the
bytes that are left before anything is allocated, the array elements of one whole message are
bounded, and a tagged field cannot reach behind its own size.

`records` fields are slices of the buffer they came in. `bytes` fields are copies: they are small,
and coordinators keep them longer than a receive buffer lives.
"""

from __future__ import annotations

import pathlib
import re
import sys
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = ROOT / "packaging" / "protocol_tables.txt"
OUT = ROOT / "appliance" / "protocol" / "generated"

FIXED = {
    "bool": ("?", 1),
    "int8": ("b", 1),
    "int16": ("h", 2),
    "uint16": ("H", 2),
    "int32": ("i", 4),
    "uint32": ("I", 4),
    "int64": ("q", 8),
    "float64": ("d", 8),
    "uuid": ("16s", 16),
}
KEYWORDS = {"from", "global", "class"}
PLAIN = {"OffsetCommitRequestPartition"}
PLAIN_BYTES = 18
"""Elements that `protocol.plain` reads at once if they are plain, and the size of each then."""


def snake(name: str) -> str:
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()
    return name + "_" if name in KEYWORDS else name


@dataclass
class Range:
    low: int
    high: int

    @classmethod
    def parse(cls, text: str) -> Range:
        if text == "none":
            return cls(1, 0)
        if text.endswith("+"):
            return cls(int(text[:-1]), 1 << 15)
        if "-" in text:
            low, high = text.split("-")
            return cls(int(low), int(high))
        return cls(int(text), int(text))

    def __contains__(self, version: int) -> bool:
        return self.low <= version <= self.high


NEVER = Range(1, 0)


@dataclass
class Field:
    name: str
    type: str
    versions: Range
    null: Range = field(default_factory=lambda: NEVER)
    tag: int = -1
    tagged: Range = field(default_factory=lambda: NEVER)
    default: str | None = None
    flexible: Range | None = None
    ignorable: bool = False
    children: list[Field] = field(default_factory=list)

    @property
    def attribute(self) -> str:
        return snake(self.name)

    @property
    def element(self) -> str:
        return self.type.removeprefix("[]")

    @property
    def is_array(self) -> bool:
        return self.type.startswith("[]")


@dataclass
class Message:
    name: str
    kind: str
    key: int
    versions: Range
    flexible: Range
    fields: list[Field]
    structs: dict[str, list[Field]]


def parse() -> list[Message]:
    messages: list[Message] = []
    stack: list[tuple[int, list[Field]]] = []
    for line in TABLES.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        depth = (len(line) - len(line.lstrip())) // 2
        words = line.split()
        if depth == 0:
            options = dict(w.split("=", 1) for w in words[2:] if "=" in w)
            message = Message(
                words[0],
                words[1],
                int(options.get("key", -1)),
                Range.parse(options["versions"]),
                Range.parse(options["flexible"]),
                [],
                {},
            )
            messages.append(message)
            stack = [(0, message.fields)]
            continue
        while stack[-1][0] >= depth:
            stack.pop()
        if words[0] == "struct":
            fields: list[Field] = []
            messages[-1].structs[words[1]] = fields
            stack.append((depth, fields))
            continue
        made = Field(words[0], words[1], Range.parse(words[2]))
        for word in words[3:]:
            option, _, value = word.partition("=")
            if option == "null":
                made.null = Range.parse(value)
            elif option == "tag":
                number, _, versions = value.partition("@")
                made.tag, made.tagged = int(number), Range.parse(versions)
            elif option == "default":
                made.default = value
            elif option == "ignorable":
                made.ignorable = True
            elif option == "flexible":
                made.flexible = Range.parse(value)
            else:
                raise ValueError(f"unknown option {word!r} in {line!r}")
        stack[-1][1].append(made)
        stack.append((depth, made.children))
    return messages


class Generator:
    """Source text of one message."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.structs: dict[str, list[Field]] = {}
        self.names: dict[str, str] = {}
        self.packers: dict[str, str] = {}
        self.lines: list[str] = []
        self.counter = 0
        self.version = 0
        self.end = "end"  # variable that bounds what is decoded now
        self._collect(message.fields)
        self._rename()

    def _collect(self, fields: list[Field]) -> None:
        for one in fields:
            children = self._children(one)
            if children is not None and one.element not in self.structs:
                self.structs[one.element] = children
                self._collect(children)

    def _rename(self) -> None:
        for name in self.structs:
            self.names[name] = f"{self.message.name}_{name}"

    def _children(self, one: Field) -> list[Field] | None:
        if one.children:
            return one.children
        return self.message.structs.get(one.element)

    # ---- classes

    def default_value(self, one: Field) -> str:
        if one.default == "null":
            return "None"
        if one.is_array:
            return "list"
        if one.type == "string":
            return repr((one.default or "").strip('"'))
        if one.type == "bytes":
            return "b''"
        if one.type == "records":
            return "None"
        if one.type == "bool":
            return str((one.default or "false").lower() == "true")
        if one.type == "uuid":
            return "ZERO_UUID"
        if one.type == "float64":
            return repr(float(one.default or 0))
        if one.type in FIXED:
            return str(int(one.default, 0)) if one.default not in (None, "") else "0"
        return self.names[one.element]

    def class_source(self, name: str, fields: list[Field], nested: dict[str, str]) -> list[str]:
        unique = {f.attribute: f for f in fields}
        out = ["", "", f"class {name}(Struct):"]
        slots = ", ".join(repr(a) for a in unique)
        out.append(f"    __slots__ = ({slots}{',' if len(unique) == 1 else ''})")
        if unique:
            out += ["", "    def __init__(", "        self,", "        *,"]
            for attribute, one in unique.items():
                value = self.default_value(one)
                calls = value == "list" or value in self.names.values()
                out.append(f"        {attribute}: Any = {'MISSING' if calls else value},")
            out.append("    ) -> None:")
            for attribute, one in unique.items():
                value = self.default_value(one)
                if value == "list":
                    out.append(
                        f"        self.{attribute} = [] if {attribute} is MISSING else {attribute}"
                    )
                elif value in self.names.values():
                    out.append(
                        f"        self.{attribute} = {value}() if {attribute} is MISSING"
                        f" else {attribute}"
                    )
                else:
                    out.append(f"        self.{attribute} = {attribute}")
        for short, full in nested.items():
            out.append(f"{name}.{short} = {full}  # type: ignore[attr-defined]")
        return out

    # ---- helpers

    def packer(self, fmt: str) -> str:
        name = "_S_" + fmt.replace("?", "T")
        self.packers[name] = fmt
        return name

    def variable(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    def split(self, fields: list[Field]) -> tuple[list[Field], list[Field]]:
        plain: list[Field] = []
        tagged: list[Field] = []
        for one in fields:
            if self.version not in one.versions:
                continue
            (tagged if self.version in one.tagged else plain).append(one)
        return plain, sorted(tagged, key=lambda f: f.tag)

    def is_flexible(self, one: Field | None = None) -> bool:
        if one is not None and one.flexible is not None:
            return self.version in one.flexible
        return self.version in self.message.flexible

    def emit(self, indent: int, text: str) -> None:
        self.lines.append("    " * indent + text)

    def min_size(self, one: Field, *, element: bool = False) -> int:
        kind = one.element if element else one.type
        if kind in FIXED:
            return FIXED[kind][1]
        children = self._children(one)
        if children is not None and (element or not one.is_array):
            if not element and self.version in one.null:
                return 1
            plain, _ = self.split(children)
            return sum(self.min_size(f) for f in plain) + (1 if self.is_flexible() else 0)
        if self.is_flexible(one):
            return 1
        return 2 if kind == "string" else 4

    # ---- decoding

    def decode_length(self, one: Field, indent: int, kind: str) -> str:
        n = self.variable("n")
        if self.is_flexible(one):
            self.emit(indent, f"{n} = buf[pos]")
            self.emit(indent, "pos += 1")
            self.emit(indent, f"if {n} > 127:")
            self.emit(indent + 1, f"{n}, pos = read_uvarint(buf, pos - 1)")
            self.emit(indent, f"{n} -= 1")
        else:
            fmt, size = ("h", 2) if kind == "string" else ("i", 4)
            self.emit(indent, f"({n},) = {self.packer(fmt)}.unpack_from(buf, pos)")
            self.emit(indent, f"pos += {size}")
        return n

    def decode_field(self, one: Field, indent: int, target: str) -> None:
        kind = one.type
        if kind in FIXED:
            fmt, size = FIXED[kind]
            self.emit(indent, f"({target},) = {self.packer(fmt)}.unpack_from(buf, pos)")
            self.emit(indent, f"pos += {size}")
            return
        children = self._children(one)
        if children is not None and not one.is_array:
            if self.version in one.null:
                self.emit(indent, "pos += 1")
                self.emit(indent, "if buf[pos - 1] > 127:")
                self.emit(indent + 1, f"{target} = None")
                self.emit(indent, "else:")
                self.decode_struct(one.element, children, indent + 1, target)
            else:
                self.decode_struct(one.element, children, indent, target)
            return
        n = self.decode_length(one, indent, kind)
        nullable = self.version in one.null or kind == "records"
        self.emit(indent, f"if {n} < 0:")
        self.emit(indent + 1, f"{target} = None" if nullable else f"raise_null({one.name!r})")
        self.emit(indent, "else:")
        inner = indent + 1
        if kind in ("string", "bytes", "records"):
            end = self.variable("e")
            self.emit(inner, f"{end} = pos + {n}")
            self.emit(inner, f"if {end} > {self.end}:")
            self.emit(inner + 1, "raise_short()")
            piece = f"buf[pos:{end}]"
            value = {"string": f'str({piece}, "utf-8")', "bytes": f"bytes({piece})"}.get(
                kind, piece
            )
            self.emit(inner, f"{target} = {value}")
            self.emit(inner, f"pos = {end}")
            return
        size = max(self.min_size(one, element=True), 1)
        self.emit(inner, f"if {n} * {size} > {self.end} - pos:")
        self.emit(inner + 1, "raise_short()")
        self.emit(inner, f"room -= {n}")
        self.emit(inner, "if room < 0:")
        self.emit(inner + 1, "raise_many()")
        element = one.element
        if element in FIXED and element != "uuid":
            fmt, width = FIXED[element]
            self.emit(inner, f'{target} = list(unpack_from(f">{{{n}}}{fmt}", buf, pos))')
            self.emit(inner, f"pos += {n} * {width}")
            return
        item = self.variable("i")
        if element in PLAIN and size == PLAIN_BYTES:
            made, flexible = self.names[element], self.is_flexible()
            call = f"read_plain(buf, pos, {n}, {made}, is_flexible={flexible})"
            self.emit(inner, f"{target} = {call}")
            self.emit(inner, f"if {target} is not None:")
            self.emit(inner + 1, f"pos += {n} * {PLAIN_BYTES}")
            self.emit(inner, "else:")
            inner += 1
        self.emit(inner, f"{target} = []")
        self.emit(inner, f"for _ in range({n}):")
        if children is not None:
            self.decode_struct(element, children, inner + 1, item)
        else:
            self.decode_field(Field(one.name, element, one.versions), inner + 1, item)
        self.emit(inner + 1, f"{target}.append({item})")

    def decode_struct(self, name: str, fields: list[Field], indent: int, target: str) -> None:
        plain, tagged = self.split(fields)
        values: list[tuple[str, str]] = []
        run: list[tuple[Field, str]] = []

        def flush() -> None:
            if run:
                fmt = "".join(FIXED[f.type][0] for f, _ in run)
                size = sum(FIXED[f.type][1] for f, _ in run)
                names = ", ".join(v for _, v in run)
                self.emit(
                    indent,
                    f"({names}{',' if len(run) == 1 else ''}) ="
                    f" {self.packer(fmt)}.unpack_from(buf, pos)",
                )
                self.emit(indent, f"pos += {size}")
                run.clear()

        for one in plain:
            variable = self.variable("f")
            values.append((one.attribute, variable))
            if one.type in FIXED:
                run.append((one, variable))
                continue
            flush()
            self.decode_field(one, indent, variable)
        flush()
        made = self.names.get(name, name)
        arguments = ", ".join(f"{attribute}={variable}" for attribute, variable in values)
        self.emit(indent, f"{target} = {made}({arguments})")
        if self.is_flexible():
            self.emit(indent, "if buf[pos] == 0:")
            self.emit(indent + 1, "pos += 1")
            self.emit(indent, "else:")
            count, tag, stop = self.variable("c"), self.variable("t"), self.variable("s")
            self.emit(indent + 1, f"{count}, pos = read_uvarint(buf, pos)")
            self.emit(indent + 1, f"if {count} * 2 > {self.end} - pos:")
            self.emit(indent + 2, "raise_short()")
            self.emit(indent + 1, f"for _ in range({count}):")
            self.emit(indent + 2, f"{tag}, pos = read_uvarint(buf, pos)")
            self.emit(indent + 2, f"{stop}, pos = read_uvarint(buf, pos)")
            self.emit(indent + 2, f"{stop} += pos")
            self.emit(indent + 2, f"if {stop} > {self.end}:")
            self.emit(indent + 3, "raise_short()")
            for position, one in enumerate(tagged):
                value = self.variable("v")
                self.emit(indent + 2, f"{'el' if position else ''}if {tag} == {one.tag}:")
                outer, self.end = self.end, stop
                self.decode_field(one, indent + 3, value)
                self.end = outer
                self.emit(indent + 3, f"if pos != {stop}:")
                self.emit(indent + 4, "raise_tag()")
                self.emit(indent + 3, f"{target}.{one.attribute} = {value}")
            self.emit(indent + 2, f"pos = {stop}")

    # ---- encoding

    def encode_field(self, one: Field, indent: int, source: str) -> None:
        kind = one.type
        if kind in FIXED:
            self.emit(indent, f"w({self.packer(FIXED[kind][0])}.pack({source}))")
            return
        children = self._children(one)
        if children is not None and not one.is_array:
            if self.version in one.null:
                self.emit(indent, f"if {source} is None:")
                self.emit(indent + 1, 'w(b"\\xff")')
                self.emit(indent, "else:")
                self.emit(indent + 1, 'w(b"\\x01")')
                self.encode_struct(children, indent + 1, source)
            else:
                self.encode_struct(children, indent, source)
            return
        x = self.variable("x")
        flexible = self.is_flexible(one)
        self.emit(indent, f"{x} = {source}")
        self.emit(indent, f"if {x} is None:")
        if self.version in one.null or kind == "records":
            null = '"\\0"' if flexible else '"\\xff\\xff"' if kind == "string" else None
            self.emit(indent + 1, f"w(b{null})" if null else 'w(b"\\xff\\xff\\xff\\xff")')
        else:
            self.emit(indent + 1, f"raise_null({one.name!r})")
        self.emit(indent, "else:")
        inner = indent + 1
        if kind == "string":
            self.emit(inner, f"{x} = {x}.encode()")
        length = f"len({x})"
        if kind == "records":
            length = self.variable("n")
            self.emit(inner, f"{length} = sum(map(len, {x})) if type({x}) is list else len({x})")
        if flexible:
            n = self.variable("n")
            self.emit(inner, f"{n} = {length} + 1")
            self.emit(inner, f"w(ONE[{n}] if {n} < 128 else uvarint({n}))")
        else:
            fmt = "h" if kind == "string" else "i"
            self.emit(inner, f"w({self.packer(fmt)}.pack({length}))")
        if kind == "records":
            self.emit(inner, f"if type({x}) is list:")
            self.emit(inner + 1, f"extend({x})")
            self.emit(inner, "else:")
            self.emit(inner + 1, f"w({x})")
            return
        if kind in ("string", "bytes"):
            self.emit(inner, f"w({x})")
            return
        element = one.element
        if element in FIXED and element != "uuid":
            self.emit(inner, f'w(pack(f">{{len({x})}}{FIXED[element][0]}", *{x}))')
            return
        item = self.variable("i")
        self.emit(inner, f"for {item} in {x}:")
        if children is not None:
            self.encode_struct(children, inner + 1, item)
        else:
            self.encode_field(Field(one.name, element, one.versions), inner + 1, item)

    def is_set(self, one: Field, value: str) -> str:
        """Return the condition that a value is not the field's default."""
        default = self.default_value(one)
        if default == "list":
            return f"{value} is None or {value}"
        if default == "None":
            return f"{value} is not None"
        if default in self.names.values():
            # Field by field: a default object to compare with would cost a microsecond.
            inner = self._children(one) or []
            return " or ".join(self.is_set(child, f"{value}.{child.attribute}") for child in inner)
        return f"{value} != {default}"

    def refuse_absent(self, fields: list[Field], indent: int, source: str) -> None:
        """Refuse to drop silently what this version has no field for."""
        present = {f.attribute for f in fields if self.version in f.versions}
        for one in fields:
            # A field may be declared twice, with another type in other versions.
            if one.ignorable or self.version in one.versions or one.attribute in present:
                continue
            self.emit(indent, f"if {self.is_set(one, f'{source}.{one.attribute}')}:")
            self.emit(indent + 1, f"raise_absent({one.name!r})")

    def encode_struct(self, fields: list[Field], indent: int, source: str) -> None:
        self.refuse_absent(fields, indent, source)
        plain, tagged = self.split(fields)
        flexible = self.is_flexible()
        run: list[Field] = []
        wrote = False

        def flush(*, tail: bool = False) -> None:
            nonlocal wrote
            if run:
                fmt = "".join(FIXED[f.type][0] for f in run) + ("b" if tail else "")
                arguments = ", ".join(f"{source}.{f.attribute}" for f in run)
                self.emit(indent, f"w({self.packer(fmt)}.pack({arguments}{', 0' if tail else ''}))")
                run.clear()
                wrote = True
            elif tail:
                self.emit(indent, 'w(b"\\0")')
                wrote = True

        for one in plain:
            if one.type in FIXED:
                run.append(one)
                continue
            flush()
            self.encode_field(one, indent, f"{source}.{one.attribute}")
            wrote = True
        flush(tail=flexible and not tagged)
        if flexible and tagged:
            tags = self.variable("tags")
            self.emit(indent, f"{tags} = []")
            for one in tagged:
                value, saved, parts = self.variable("v"), self.variable("w"), self.variable("p")
                self.emit(indent, f"{value} = {source}.{one.attribute}")
                self.emit(indent, f"if {self.is_set(one, value)}:")
                self.emit(indent + 1, f"{saved} = w, extend")
                self.emit(indent + 1, f"{parts} = []")
                self.emit(indent + 1, f"w, extend = {parts}.append, {parts}.extend")
                self.encode_field(one, indent + 1, value)
                self.emit(indent + 1, f"w, extend = {saved}")
                self.emit(indent + 1, f'{tags}.append(({one.tag}, b"".join({parts})))')
            self.emit(indent, f"w(uvarint(len({tags})))")
            tag, data = self.variable("t"), self.variable("d")
            self.emit(indent, f"for {tag}, {data} in {tags}:")
            self.emit(indent + 1, f"w(uvarint({tag}) + uvarint(len({data})) + {data})")
            wrote = True
        if not wrote:
            self.emit(indent, "pass")

    def source(self) -> list[str]:
        out: list[str] = []
        for name in reversed(list(self.structs)):
            out += self.class_source(self.names[name], self.structs[name], {})
        nested = {name: self.names[name] for name in self.structs}
        out += self.class_source(self.message.name, self.message.fields, {})
        out += ["", ""]
        for short, full in nested.items():
            out.append(f"{self.message.name}.{short} = {full}  # type: ignore[attr-defined]")
        low, high = self.message.versions.low, self.message.versions.high
        for version in range(low, high + 1):
            self.version = version
            self.lines = []
            self.counter = 0
            self.decode_struct(self.message.name, self.message.fields, 1, "r")
            body, self.lines = self.lines, []
            out += ["", "", f"def decode_{snake(self.message.name)}_v{version}(buf, pos, end):"]
            if any(line.lstrip().startswith("room -=") for line in body):
                out.append("    room = ELEMENTS_MAX")
            out += [*body, "    return r, pos"]
            self.counter = 0
            self.encode_struct(self.message.fields, 1, "r")
            body, self.lines = self.lines, []
            out += ["", "", f"def encode_{snake(self.message.name)}_v{version}(r, w, extend):"]
            out += body
        return out


HEAD = '''"""Made by packaging/generate_codec.py from packaging/protocol_tables.txt: do not edit."""
# ruff: noqa
# fmt: off
# pyright: basic, reportUndefinedVariable=false, reportAttributeAccessIssue=false

from struct import Struct as _Packer, pack, unpack_from
from typing import Any

from appliance.protocol.primitives import (
    ELEMENTS_MAX,
    MISSING,
    ONE,
    ZERO_UUID,
    Struct,
    raise_absent,
    raise_many,
    raise_null,
    raise_short,
    raise_tag,
    read_uvarint,
    uvarint,
)
'''


READ_PLAIN = "from appliance.protocol.plain import read_plain\n"


def modules() -> dict[str, str]:
    """Return file name -> text of everything generated."""
    groups: dict[str, list[Message]] = {}
    for message in parse():
        stem = re.sub(r"(Request|Response|Key|Value)$", "", message.name)
        stem = "header" if message.kind == "header" else snake(stem)
        groups.setdefault(stem, []).append(message)
    files: dict[str, str] = {}
    index: dict[str, str] = {}
    table: list[tuple[int, str, int, int, int, str]] = []
    for stem, messages in sorted(groups.items()):
        packers: dict[str, str] = {}
        body: list[str] = []
        for message in messages:
            generator = Generator(message)
            body += generator.source()
            packers |= generator.packers
            index[message.name] = stem
            if message.kind != "header":
                top = message.versions.high
                table.append(
                    (
                        message.key,
                        message.kind,
                        message.versions.low,
                        top,
                        message.flexible.low if message.flexible.high else 1 << 15,
                        message.name,
                    )
                )
        consts = [f'{name} = _Packer(">{fmt}")' for name, fmt in sorted(packers.items())]
        head = HEAD + (READ_PLAIN if any("read_plain(" in line for line in body) else "") + "\n"
        files[f"{stem}.py"] = head + "\n".join(consts + body) + "\n"
    lines = ['"""Made by packaging/generate_codec.py: which module holds which message."""']
    lines += ["# ruff: noqa", "# fmt: off", "", "MODULES = {"]
    lines += [f"    {name!r}: {stem!r}," for name, stem in sorted(index.items())]
    lines += ["}", "", "# (API key, kind) -> (lowest, highest, first flexible version, message)"]
    lines += ["MESSAGES = {"]
    lines += [
        f"    ({key}, {kind!r}): ({low}, {high}, {flexible}, {name!r}),"
        for key, kind, low, high, flexible, name in sorted(table)
    ]
    lines += ["}", ""]
    files["__init__.py"] = "\n".join(lines)
    return files


def stale_files(files: dict[str, str]) -> list[str]:
    """Return the names of checked-in files that differ, are missing, or are no longer made."""
    found = {path.name: path.read_text(encoding="utf-8") for path in OUT.glob("*.py")}
    return sorted(n for n in files.keys() | found.keys() if files.get(n) != found.get(n))


def main() -> int:
    """Write the generated modules, or with `--check` only say whether they are up to date."""
    files = modules()
    if "--check" in sys.argv:
        stale = stale_files(files)
        print("stale: " + ", ".join(stale) if stale else "generated codec is up to date")
        return 1 if stale else 0
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.py"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (OUT / name).write_text(text, encoding="utf-8")
    print(f"{len(files)} modules, {sum(map(len, files.values())) >> 10} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
