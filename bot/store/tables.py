"""The tables. Ids are 32 hex digits, times UTC without zone, texts of people masked. A new column also needs a step in `schema.py`; a new table does not."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.values import NAME_LENGTH

metadata = sa.MetaData()

STATES = ACCEPTED, ANSWERED, FAILED = ("angenommen", "beantwortet", "gescheitert")
SOURCES = ("text", "knopf")
REASONS = ("hilft", "falsch", "unverstaendlich", "veraltet")
MODEL_STATES = ("kandidat", "live", "warm", "archiv", "abgelehnt")
REPORT_STATES = NEW, IN_PROGRESS, DONE = ("neu", "in_arbeit", "erledigt")


def _id(name: str = "id", **options: object) -> sa.Column:
    return sa.Column(name, sa.String(32), **options)


def _name(name: str, **options: object) -> sa.Column:
    return sa.Column(name, sa.String(NAME_LENGTH), **options)


def _created() -> sa.Column:
    return sa.Column("created", sa.DateTime, nullable=False, index=True)


def _one_of(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=f"{column}_bekannt")


# Every message before it goes to Rasa, and what became of it.
journal = sa.Table(
    "journal", metadata,
    _id(primary_key=True), _id("conversation", nullable=False), _id("client_id", nullable=False), _created(),
    sa.Column("text", sa.Text, nullable=False), sa.Column("masked_kinds", sa.JSON, nullable=False),
    sa.Column("language", sa.String(8)), sa.Column("source", sa.String(8), nullable=False), _name("page"),
    sa.Column("state", sa.String(16), nullable=False, index=True), sa.Column("reply", sa.JSON),
    _name("intent", index=True), sa.Column("confidence", sa.Float), sa.Column("ranking", sa.JSON), _name("decision"), _name("faq"), _name("model"),
    sa.Column("duration_ms", sa.Integer),
    sa.UniqueConstraint("conversation", "client_id", name="journal_einmal"), sa.Index("journal_gespraech", "conversation", "created"),
    _one_of("state", STATES), _one_of("source", SOURCES),
)

# What people think of one answer.
feedback = sa.Table(
    "feedback", metadata,
    _id(primary_key=True), _id("message", nullable=False, index=True), _id("conversation", nullable=False, index=True), _name("faq"),
    sa.Column("reason", sa.String(20), nullable=False), sa.Column("text", sa.Text), _created(), _one_of("reason", REASONS),
)

# „Veraltet oder falsch?“ from the answer desk.
reports = sa.Table(
    "reports", metadata,
    _id(primary_key=True), _name("faq", nullable=False, index=True), _name("reason", nullable=False), sa.Column("text", sa.Text), _created(),
    sa.Column("state", sa.String(16), nullable=False, index=True), _name("handled_by"), sa.Column("note", sa.Text), _name("page"), _one_of("state", REPORT_STATES),
)

# Which result was opened after which search.
picks = sa.Table(
    "picks", metadata,
    _id(primary_key=True), sa.Column("query", sa.Text, nullable=False), _name("faq", nullable=False, index=True), sa.Column("rank", sa.Integer, nullable=False), _created(),
)

# What staff did.
audit = sa.Table(
    "audit", metadata,
    _id(primary_key=True), _created(), _name("actor", nullable=False), _name("action", nullable=False), _name("target"), sa.Column("detail", sa.JSON),
)

# Rasa's memory of each conversation, masked (`bot/tracker_store.py`).
conversations = sa.Table(
    "conversations", metadata,
    sa.Column("id", sa.String(64), primary_key=True), sa.Column("data", sa.Text, nullable=False), sa.Column("turns", sa.Integer, nullable=False),
    sa.Column("updated", sa.DateTime, nullable=False, index=True),
)

# Every trained model with its facts, figures and fate (`bot/training/registry.py`). `state` is one of MODEL_STATES.
models = sa.Table(
    "models", metadata,
    _id(primary_key=True), _name("file", nullable=False, unique=True), sa.Column("sha256", sa.String(64), nullable=False, index=True), _created(),
    sa.Column("state", sa.String(16), nullable=False, index=True), _name("git_commit"), _name("fingerprint", nullable=False), sa.Column("versions", sa.JSON, nullable=False),
    sa.Column("size", sa.Integer, nullable=False), sa.Column("seconds", sa.Float, nullable=False), sa.Column("metrics", sa.JSON),
    _name("who", nullable=False), sa.Column("note", sa.Text, nullable=False),
    sa.Column("released", sa.DateTime), _name("released_by"), sa.Column("release_note", sa.Text), sa.Column("overruled", sa.Text), _one_of("state", MODEL_STATES),
)

schema_version = sa.Table("schema_version", metadata, sa.Column("version", sa.Integer, primary_key=True), sa.Column("applied", sa.DateTime, nullable=False))
