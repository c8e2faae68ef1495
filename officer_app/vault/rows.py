"""Records in and out of tables whose columns bear the fields' names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, Table, UnaryExpression, select, update
from sqlalchemy.exc import IntegrityError

from officer_app.base.errors import Code, Fault
from officer_app.vault.transactions import Reading, Writing

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
else:
    DataclassInstance = object

R = TypeVar("R", bound="DataclassInstance")
Order: TypeAlias = tuple[ColumnElement[Any] | UnaryExpression[Any], ...]


def names(kind: type[Any]) -> tuple[str, ...]:
    """The field names of a record."""
    return tuple(kind.__dataclass_fields__)


def values(record: DataclassInstance) -> dict[str, Any]:
    """A record as column values."""
    return {name: getattr(record, name) for name in names(type(record))}


def add(tx: Writing, table: Table, record: DataclassInstance, **derived: object) -> None:
    """A new row. Errors: RECORD_EXISTS, RECORD_MISSING (it points at nothing)."""
    write(tx, table, table.insert().values(**values(record), **derived))


def save(tx: Writing, table: Table, record: DataclassInstance, **derived: object) -> None:
    """The whole record in place of the one with its id. Errors: RECORD_MISSING, RECORD_EXISTS."""
    changed = values(record) | derived
    key = changed.pop("id")
    if not write(tx, table, update(table).where(table.c.id == key).values(**changed)):
        raise missing(table)


def write(tx: Writing, table: Table, statement: Any, **what: object) -> int:
    """Run a statement on values, and give how many rows it touched; broken promises of the schema become ours."""
    try:
        return int(tx.sql.execute(statement, what or None).rowcount)
    except IntegrityError as error:
        # WORKAROUND sqlcipher3 0.6 gives the number 19 for every kind of constraint; SQLite's own words tell them
        # apart, and tests hold us to them.
        said = str(error.orig)
        if said.startswith("UNIQUE"):
            raise Fault(Code.RECORD_EXISTS, where=table.name, what=table.name) from error
        if said.startswith("FOREIGN KEY"):
            raise Fault(Code.RECORD_MISSING, where=table.name, what=table.name) from error
        raise


def missing(table: Table) -> Fault:
    """The fault of a record that is not there."""
    return Fault(Code.RECORD_MISSING, where=table.name, what=table.name)


def query(table: Table, kind: type[Any], *where: ColumnElement[bool]) -> Select[Any]:
    """The columns of a record, of the rows that are asked for."""
    return select(*(table.c[name] for name in names(kind))).where(*where)


def find(tx: Reading, table: Table, kind: type[R], *where: ColumnElement[bool], order: Order = ()) -> R | None:
    """The first such record in the order given, or None."""
    row = tx.sql.execute(query(table, kind, *where).order_by(*order).limit(1)).first()
    return None if row is None else kind(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name


def get(tx: Reading, table: Table, kind: type[R], key: str) -> R:
    """The record with this id. Errors: RECORD_MISSING."""
    found = find(tx, table, kind, table.c.id == key)
    if found is None:
        raise missing(table)
    return found


def many(
    tx: Reading,
    table: Table,
    kind: type[R],
    *where: ColumnElement[bool],
    order: Order = (),
) -> tuple[R, ...]:
    """All such records, in the order given."""
    rows = tx.sql.execute(query(table, kind, *where).order_by(*order))
    return tuple(kind(**row._mapping) for row in rows)  # noqa: SLF001  as above
