"""What facts say of agreements, projects, people and bodies, in columns that can be asked. Derived."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cunzhao.storage.models import NUMBER, Base


class Placed:
    """What every row has: the place it was read from."""

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=True)
    snapshot_id: Mapped[str] = mapped_column(
        ForeignKey("document.snapshot_id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)


class AgreementRow(Placed, Base):
    __tablename__ = "agreement"
    parties: Mapped[list[str]] = mapped_column(JSON)
    form: Mapped[str] = mapped_column(Text, default="")
    about: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[str] = mapped_column(String(40), default="")
    nature: Mapped[str] = mapped_column(String(8))

    __table_args__ = (Index("agreement_in_order", "date", "id"),)


class AgreementPlaceRow(Base):
    """A place that a party of an agreement is, or is the government of."""

    __tablename__ = "agreement_place"
    place: Mapped[str] = mapped_column(String(40), primary_key=True)  # GB/T 2260, else the division's name
    agreement_id: Mapped[int] = mapped_column(
        ForeignKey("agreement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(Text)


class ProjectRow(Placed, Base):
    __tablename__ = "project"
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")  # as in the text
    area: Mapped[str] = mapped_column(String(40), default="")  # as AgreementPlaceRow.place
    parties: Mapped[list[str]] = mapped_column(JSON)
    amount: Mapped[Any] = mapped_column(Numeric(38, 6), default=0)  # investment; 0: not said
    currency: Mapped[str] = mapped_column(String(40), default="")
    stage: Mapped[str] = mapped_column(String(16), default="")

    __table_args__ = (
        Index("project_in_order", "amount", "id"),
        Index("project_by_stage", "stage", "amount", "id"),
        Index("project_by_area", "area", "amount", "id"),
    )


class NamedRow(Placed, Base):
    """A person or a body that a fact names."""

    __tablename__ = "named"
    kind: Mapped[str] = mapped_column(String(8))  # person, body
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(Text, default="")  # of a person the position, of a body its part

    __table_args__ = (Index("named_by_name", "kind", "name", "snapshot_id"),)
