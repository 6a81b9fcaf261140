"""The tables. Ids are 32 hex digits, times UTC without zone, texts of people masked. A new column also needs a step in `schema.py`; a new table does not."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.values import NAME_LENGTH

metadata = sa.MetaData()

STATES = ACCEPTED, ANSWERED, FAILED = ("angenommen", "beantwortet", "gescheitert")
SOURCES = ("text", "knopf")
REASONS = ("hilft", "falsch", "unverstaendlich", "veraltet")
MODEL_STATES = ("kandidat", "live", "warm", "archiv", "abgelehnt")
PROPOSAL_STATES = OPEN, ACCEPTED_PROPOSAL, REJECTED, OVERTAKEN = ("offen", "angenommen", "abgelehnt", "ueberholt")
REPORT_STATES = NEW, IN_PROGRESS, DONE = ("neu", "in_arbeit", "erledigt")
LABEL_KINDS = RIGHT, OTHER, FRESH, FOREIGN, DELETED, ASIDE = ("richtig", "anders", "neu", "fremd", "geloescht", "weggelegt")
GAP_STATES = ("neu", "in_arbeit", "erledigt", "abgelehnt")
RATINGS = ("richtig", "teilweise", "falsch", "unbeantwortbar")


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
    sa.Column("duration_ms", sa.Integer), _id("group_key", index=True), _name("kreis"),  # group_key: None until sorted into the inbox, "" when it does not belong there
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

# The inbox: one row per wording that people used, made from the journal (`groups.py`). No texts: `message` is the newest journal row.
inbox = sa.Table(
    "inbox", metadata,
    _id("key", primary_key=True), _id("message", nullable=False), sa.Column("count", sa.Integer, nullable=False), sa.Column("bad", sa.Integer, nullable=False),
    sa.Column("outdated", sa.Integer, nullable=False), sa.Column("language", sa.String(8)), _name("intent"), _name("decision"), sa.Column("confidence", sa.Float),
    sa.Column("last", sa.DateTime, nullable=False), sa.Column("week", sa.String(8), nullable=False), sa.Column("value", sa.Float, nullable=False),
    sa.Column("open", sa.Boolean, nullable=False), _id("near"),  # near: key of the group it is a near copy of
    sa.Index("inbox_reihe", "open", "near", "value", "key", "outdated", "bad", "language", "week", "decision", "confidence"), sa.Index("inbox_aehnlich", "near"),
    sa.Index("inbox_zahlen", "open", "near", "language", "week", "bad", "outdated", "count"),
)

# What staff say a wording means. `taken`: when it went to the training data, as `sentence`; `withdrawn`: everybody who wrote it had the conversation deleted since.
labels = sa.Table(
    "labels", metadata,
    _id(primary_key=True), _created(), _id("message", nullable=False), _id("group_key", nullable=False, index=True), _name("author", nullable=False),
    sa.Column("kind", sa.String(16), nullable=False), _name("intent"), sa.Column("undone", sa.DateTime), sa.Column("taken", sa.DateTime), sa.Column("sentence", sa.Text),
    sa.Column("withdrawn", sa.DateTime), _one_of("kind", LABEL_KINDS),
)

# Questions without a good answer: somebody cares for each.
gaps = sa.Table(
    "gaps", metadata,
    _id(primary_key=True), _created(), _id("group_key", nullable=False, unique=True), _id("message", nullable=False), sa.Column("title", sa.Text, nullable=False),
    _name("owner", nullable=False), sa.Column("state", sa.String(16), nullable=False), sa.Column("note", sa.Text), _name("author", nullable=False), _one_of("state", GAP_STATES),
)

# Answers drawn by lot, and what two people think of each, independently.
samples = sa.Table(
    "samples", metadata,
    _id(primary_key=True), _created(), sa.Column("week", sa.String(8), nullable=False), _id("message", nullable=False), sa.UniqueConstraint("week", "message", name="samples_einmal"),
)
ratings = sa.Table(
    "ratings", metadata,
    _id(primary_key=True), _created(), _id("sample", nullable=False), _name("rater", nullable=False), sa.Column("rating", sa.String(16), nullable=False),
    sa.UniqueConstraint("sample", "rater", name="ratings_einmal"), _one_of("rating", RATINGS),
)

# Changes of contents that wait for a second person (`bot/editor/changes.py` makes and reads `change`).
proposals = sa.Table(
    "proposals", metadata,
    _id(primary_key=True), _name("author", nullable=False), _created(), _name("title", nullable=False), sa.Column("change", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True), _name("decided_by"), sa.Column("decided", sa.DateTime), sa.Column("note", sa.Text), _one_of("state", PROPOSAL_STATES),
)

schema_version = sa.Table("schema_version", metadata, sa.Column("version", sa.Integer, primary_key=True), sa.Column("applied", sa.DateTime, nullable=False))
