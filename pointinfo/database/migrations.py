"""Numbered migrations, by SQLite's `user_version`. Plain SQL: a migration never imports live code, which moves on.

Before the first statement a verified copy of the file is put in `backups/`; each migration is one transaction.
"""

from typing import Final, NamedTuple


class Migration(NamedTuple):
    """Brings a database from `number - 1` to `number`."""

    number: int
    title: str
    statements: tuple[str, ...]


MIGRATIONS: Final = (
    Migration(
        1,
        "the counter: directory, vocabularies, revisions, search, inquiries",
        (
            "CREATE TABLE meta (key VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)",
            """CREATE TABLE term (
                id INTEGER NOT NULL PRIMARY KEY,
                list VARCHAR NOT NULL, code VARCHAR NOT NULL, position INTEGER NOT NULL,
                labels TEXT NOT NULL, synonyms TEXT NOT NULL, parent VARCHAR NOT NULL, version INTEGER NOT NULL,
                UNIQUE (list, code))""",
            """CREATE TABLE entry (
                id INTEGER NOT NULL PRIMARY KEY,
                uid VARCHAR NOT NULL UNIQUE,
                kind VARCHAR NOT NULL CHECK (kind IN ('service', 'association', 'activity', 'place')),
                status VARCHAR NOT NULL CHECK (status IN ('active', 'do_not_refer', 'closed')),
                name VARCHAR NOT NULL, names TEXT NOT NULL, wordings TEXT NOT NULL,
                street VARCHAR NOT NULL, postcode VARCHAR NOT NULL, city VARCHAR NOT NULL, stop VARCHAR NOT NULL,
                longitude FLOAT, latitude FLOAT,
                contacts TEXT NOT NULL, hours VARCHAR NOT NULL,
                age_from FLOAT, age_to FLOAT,
                source VARCHAR NOT NULL, confidence VARCHAR NOT NULL, as_of VARCHAR NOT NULL,
                verified_on DATE, verified_by VARCHAR NOT NULL, next_check DATE,
                demonstration BOOLEAN NOT NULL, head VARCHAR NOT NULL,
                internal_street VARCHAR NOT NULL, internal_contacts TEXT NOT NULL, internal_note VARCHAR NOT NULL)""",
            "CREATE INDEX entry_by_name ON entry (name COLLATE NOCASE, status, hours)",
            "CREATE INDEX entry_by_status ON entry (status)",
            "CREATE INDEX entry_for_demonstration ON entry (demonstration) WHERE demonstration = 1",
            """CREATE TABLE entry_term (
                entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
                term_id INTEGER NOT NULL REFERENCES term (id),
                PRIMARY KEY (entry_id, term_id)) WITHOUT ROWID""",
            "CREATE INDEX entry_term_by_term ON entry_term (term_id, entry_id)",
            """CREATE TABLE entry_link (
                entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
                kind VARCHAR NOT NULL,
                target_id INTEGER NOT NULL REFERENCES entry (id),
                position INTEGER NOT NULL,
                PRIMARY KEY (entry_id, kind, target_id))""",
            "CREATE INDEX entry_link_by_target ON entry_link (target_id)",
            """CREATE TABLE revision (
                id VARCHAR NOT NULL PRIMARY KEY, entry_uid VARCHAR NOT NULL, parents TEXT NOT NULL,
                action VARCHAR NOT NULL, author VARCHAR NOT NULL, counter VARCHAR NOT NULL, at VARCHAR NOT NULL,
                snapshot BLOB NOT NULL)""",
            "CREATE INDEX revision_by_entry ON revision (entry_uid)",
            """CREATE TRIGGER revision_stays BEFORE UPDATE ON revision
                BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END""",
            """CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
                BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END""",
            # The shadow text of the search (see directory/index.py): analysed words, never shown to anyone.
            """CREATE VIRTUAL TABLE entry_words USING fts5(
                name, syn, place, body, sname, ssyn, sbody,
                tokenize = "unicode61 remove_diacritics 0", detail = column, prefix = '1 2 3 4 5')""",
            "CREATE TABLE entry_dirty (id INTEGER PRIMARY KEY) WITHOUT ROWID",
            """CREATE TRIGGER entry_added AFTER INSERT ON entry
                BEGIN INSERT OR IGNORE INTO entry_dirty VALUES (new.id); END""",
            """CREATE TRIGGER entry_changed AFTER UPDATE ON entry
                BEGIN INSERT OR IGNORE INTO entry_dirty VALUES (new.id); END""",
            """CREATE TRIGGER entry_removed AFTER DELETE ON entry
                BEGIN INSERT OR IGNORE INTO entry_dirty VALUES (old.id); END""",
            """CREATE TRIGGER entry_term_added AFTER INSERT ON entry_term
                BEGIN INSERT OR IGNORE INTO entry_dirty VALUES (new.entry_id); END""",
            """CREATE TRIGGER entry_term_removed AFTER DELETE ON entry_term
                BEGIN INSERT OR IGNORE INTO entry_dirty VALUES (old.entry_id); END""",
            """CREATE TRIGGER term_changed AFTER UPDATE ON term
                BEGIN INSERT OR IGNORE INTO entry_dirty SELECT entry_id FROM entry_term WHERE term_id = new.id; END""",
            """CREATE TABLE inquiry (
                id VARCHAR NOT NULL PRIMARY KEY,
                counter VARCHAR NOT NULL, day DATE NOT NULL, hour INTEGER CHECK (hour BETWEEN 0 AND 23),
                mode VARCHAR NOT NULL, channel VARCHAR NOT NULL,
                people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 99),
                audiences TEXT NOT NULL, themes TEXT NOT NULL, effort VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
                reason VARCHAR NOT NULL, referrals TEXT NOT NULL, language VARCHAR NOT NULL, origin VARCHAR NOT NULL,
                first_contact VARCHAR NOT NULL, codes INTEGER NOT NULL, voided BOOLEAN NOT NULL)""",
            "CREATE INDEX inquiry_by_day ON inquiry (day)",
            """CREATE TABLE inquiry_event (
                counter VARCHAR NOT NULL, seq INTEGER NOT NULL, id VARCHAR NOT NULL UNIQUE,
                inquiry_id VARCHAR NOT NULL, action VARCHAR NOT NULL CHECK (action IN ('add', 'amend', 'void')),
                content BLOB NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL,
                PRIMARY KEY (counter, seq)) WITHOUT ROWID""",
            "CREATE INDEX inquiry_event_by_inquiry ON inquiry_event (inquiry_id)",
            """CREATE TRIGGER inquiry_event_stays BEFORE UPDATE ON inquiry_event
                BEGIN SELECT RAISE(ABORT, 'inquiry_event is append-only'); END""",
            """CREATE TRIGGER inquiry_event_is_kept BEFORE DELETE ON inquiry_event
                BEGIN SELECT RAISE(ABORT, 'inquiry_event is append-only'); END""",
        ),
    ),
    Migration(
        2,
        "a directory people trust: schedules, attachments, origins, closing with a successor, drafts, proposals",
        (
            "ALTER TABLE entry ADD COLUMN schedules TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE entry ADD COLUMN verified_how VARCHAR NOT NULL DEFAULT ''",
            "ALTER TABLE entry ADD COLUMN important BOOLEAN NOT NULL DEFAULT 0",
            "ALTER TABLE entry ADD COLUMN status_reason VARCHAR NOT NULL DEFAULT ''",
            "ALTER TABLE entry ADD COLUMN replaced_by VARCHAR NOT NULL DEFAULT ''",
            "ALTER TABLE entry ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE entry ADD COLUMN origins TEXT NOT NULL DEFAULT '[]'",
            "CREATE INDEX entry_by_successor ON entry (replaced_by) WHERE replaced_by <> ''",
            "CREATE INDEX entry_by_check ON entry (next_check, status)",
            "ALTER TABLE term ADD COLUMN retired BOOLEAN NOT NULL DEFAULT 0",
            "ALTER TABLE term ADD COLUMN replaced_by VARCHAR NOT NULL DEFAULT ''",
            "ALTER TABLE term ADD COLUMN edited BOOLEAN NOT NULL DEFAULT 0",
            "ALTER TABLE revision ADD COLUMN comment VARCHAR NOT NULL DEFAULT ''",
            "CREATE INDEX revision_proposed ON revision (entry_uid, id) WHERE action = 'propose'",
            """CREATE TABLE draft (
                entry_uid VARCHAR NOT NULL PRIMARY KEY, base VARCHAR NOT NULL, author VARCHAR NOT NULL,
                at VARCHAR NOT NULL, snapshot BLOB NOT NULL)""",
            """CREATE TABLE attachment (
                sha256 VARCHAR NOT NULL PRIMARY KEY, media_type VARCHAR NOT NULL, content BLOB NOT NULL)""",
        ),
    ),
    Migration(
        3,
        "what the editors decided beside the entries: mappings, entries that are two, web addresses asked",
        (
            """CREATE TABLE import_mapping (
                source VARCHAR NOT NULL PRIMARY KEY, mapping TEXT NOT NULL, at VARCHAR NOT NULL)""",
            """CREATE TABLE distinct_pair (
                one_uid VARCHAR NOT NULL, other_uid VARCHAR NOT NULL, author VARCHAR NOT NULL, at VARCHAR NOT NULL,
                PRIMARY KEY (one_uid, other_uid))""",
            """CREATE TABLE link_check (
                url VARCHAR NOT NULL PRIMARY KEY, at VARCHAR NOT NULL,
                status INTEGER NOT NULL, said VARCHAR NOT NULL)""",
            "CREATE INDEX entry_by_check_important ON entry (next_check) WHERE important = 1",
        ),
    ),
    Migration(
        4,
        "finding: the words that a mistyped one may be meant for",
        (
            # Only added to: a word that no entry has any more does no harm; `index.rebuild` begins anew.
            "CREATE TABLE search_word (id INTEGER NOT NULL PRIMARY KEY, word VARCHAR NOT NULL UNIQUE)",
            # Vowel signs of Indian scripts (Mn, Mc) belong to their word. All words of a closed entry are in `gone`.
            "DROP TABLE entry_words",
            """CREATE VIRTUAL TABLE entry_words USING fts5(
                name, syn, place, body, sname, ssyn, sbody, gone,
                tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'",
                detail = column, prefix = '1 2 3 4 5')""",
            "INSERT OR IGNORE INTO entry_dirty SELECT id FROM entry",
        ),
    ),
    Migration(
        5,
        "the directory's gaps: searches that found nothing, by week; what meets, found at once; the order of words",
        (
            """CREATE TABLE unanswered_search (
                week DATE NOT NULL, words VARCHAR NOT NULL, count INTEGER NOT NULL,
                PRIMARY KEY (week, words)) WITHOUT ROWID""",
            # What is open now because a session is on: few entries have sessions, and none of the others is read.
            "CREATE INDEX entry_that_meets ON entry (id) WHERE schedules <> '[]'",
            # Of several themes the first is what an entry is mostly about: a note is prefilled with it.
            "ALTER TABLE entry_term ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
        ),
    ),
    Migration(
        6,
        "days: notes typed in later and marked so, sheets half typed, hours open; what nobody offers, apart",
        (
            "ALTER TABLE inquiry ADD COLUMN back_dated BOOLEAN NOT NULL DEFAULT 0",
            """CREATE TABLE sheet_draft (
                counter VARCHAR NOT NULL, day DATE NOT NULL, cells TEXT NOT NULL,
                PRIMARY KEY (counter, day)) WITHOUT ROWID""",
            """CREATE TABLE day_log (
                counter VARCHAR NOT NULL, day DATE NOT NULL, number INTEGER NOT NULL,
                hours VARCHAR NOT NULL CHECK (length(hours) = 24 AND hours NOT GLOB '*[^ocx?]*'),
                PRIMARY KEY (counter, day, number)) WITHOUT ROWID""",
            """CREATE TRIGGER day_log_stays BEFORE UPDATE ON day_log
                BEGIN SELECT RAISE(ABORT, 'day_log is append-only'); END""",
            """CREATE TRIGGER day_log_is_kept BEFORE DELETE ON day_log
                BEGIN SELECT RAISE(ABORT, 'day_log is append-only'); END""",
            """CREATE TABLE day_traffic (
                counter VARCHAR NOT NULL, day DATE NOT NULL, sheets INTEGER NOT NULL, unnoted INTEGER NOT NULL,
                PRIMARY KEY (counter, day)) WITHOUT ROWID""",
            # Without a rowid its order on disk is that of the random ids: nothing tells when in the week it was said.
            """CREATE TABLE missing_offer (
                id VARCHAR NOT NULL PRIMARY KEY, week DATE NOT NULL, theme VARCHAR NOT NULL,
                words VARCHAR NOT NULL) WITHOUT ROWID""",
        ),
    ),
    Migration(
        7,
        "figures a council can publish: column chunks of the inquiries, releases, indicators, actions of a forum",
        (
            # Derived from `inquiry`: a month marked dirty is counted again before the next figure is read.
            """CREATE TABLE inquiry_chunk (
                counter VARCHAR NOT NULL, month VARCHAR NOT NULL, version INTEGER NOT NULL, data BLOB NOT NULL,
                PRIMARY KEY (counter, month))""",
            """CREATE TABLE inquiry_chunk_dirty (
                counter VARCHAR NOT NULL, month VARCHAR NOT NULL, PRIMARY KEY (counter, month)) WITHOUT ROWID""",
            """CREATE TRIGGER inquiry_added AFTER INSERT ON inquiry BEGIN
                INSERT OR IGNORE INTO inquiry_chunk_dirty VALUES (new.counter, substr(new.day, 1, 7)); END""",
            """CREATE TRIGGER inquiry_changed AFTER UPDATE ON inquiry BEGIN
                INSERT OR IGNORE INTO inquiry_chunk_dirty VALUES (old.counter, substr(old.day, 1, 7));
                INSERT OR IGNORE INTO inquiry_chunk_dirty VALUES (new.counter, substr(new.day, 1, 7)); END""",
            """CREATE TRIGGER inquiry_removed AFTER DELETE ON inquiry BEGIN
                INSERT OR IGNORE INTO inquiry_chunk_dirty VALUES (old.counter, substr(old.day, 1, 7)); END""",
            "INSERT OR IGNORE INTO inquiry_chunk_dirty SELECT DISTINCT counter, substr(day, 1, 7) FROM inquiry",
            """CREATE TABLE release (
                number INTEGER NOT NULL PRIMARY KEY, first DATE NOT NULL, last DATE NOT NULL, k INTEGER NOT NULL,
                made_on DATE NOT NULL, restates INTEGER, content BLOB NOT NULL, counted BLOB NOT NULL,
                hash VARCHAR NOT NULL)""",
            """CREATE TRIGGER release_stays BEFORE UPDATE ON release
                BEGIN SELECT RAISE(ABORT, 'release is append-only'); END""",
            """CREATE TRIGGER release_is_kept BEFORE DELETE ON release
                BEGIN SELECT RAISE(ABORT, 'release is append-only'); END""",
            """CREATE TABLE indicator (
                area VARCHAR NOT NULL, name VARCHAR NOT NULL, year INTEGER NOT NULL, value FLOAT NOT NULL,
                source VARCHAR NOT NULL, PRIMARY KEY (area, name, year)) WITHOUT ROWID""",
            """CREATE TABLE forum_action (
                id VARCHAR NOT NULL PRIMARY KEY, area VARCHAR NOT NULL, agreed_on DATE NOT NULL,
                text VARCHAR NOT NULL, owner VARCHAR NOT NULL,
                state VARCHAR NOT NULL CHECK (state IN ('agreed', 'under-way', 'done', 'dropped')),
                state_on DATE NOT NULL)""",
        ),
    ),
    Migration(
        8,
        "a lighter index: names in one of their own, fewer lists of beginnings",
        (
            "DROP TABLE entry_words",
            # A list of beginnings costs a tenth of the writing. Four letters are read in the list of five.
            """CREATE VIRTUAL TABLE entry_words USING fts5(
                name, syn, place, body, sname, ssyn, sbody, gone,
                tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'",
                detail = column, prefix = '1 2 3 5')""",
            # Names are asked at every key, and are a twentieth of the words. They are read where FTS5 keeps all words:
            # entry_words_content (sqlite.org/fts5.html#the_content_table), whose columns are numbered from c0.
            "CREATE VIEW entry_words_said AS SELECT id AS rowid, c0 AS name, c4 AS sname FROM entry_words_content",
            """CREATE VIRTUAL TABLE entry_words_names USING fts5(
                name, sname,
                tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'",
                detail = column, prefix = '1 2 3', content = 'entry_words_said', columnsize = 0)""",
            "INSERT OR IGNORE INTO entry_dirty SELECT id FROM entry",
        ),
    ),
)
