"""A check sheet goes out by mail; what comes back, however a mail program mangled it, becomes a proposal."""

import email
import email.policy
import textwrap
from email.message import EmailMessage

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo import i18n
from pointinfo.config import Settings
from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, check_reply, check_sheet, fields
from pointinfo.directory.check_reply import Reply
from pointinfo.errors import InputError

COUNTER = Settings(counter_name="Point info Servette", counter_phone="0800 44 77 00")
BIPE = EntryRecord(
    uid="bipe",
    kind="service",
    name="BIPE – Petite enfance",
    wordings={
        "fr": Wording(
            summary="Renseigne les parents et inscrit en crèche.",
            how_to_apply="En ligne\nPuis sur rendez-vous",
            fee="gratuit",
        )
    },
    street="Rue du Cendrier 8",
    postcode="1201",
    city="Genève",
    contacts=(
        Contact("phone", "022 418 81 81", "secrétariat", "Mo 08:00-09:00"),
        Contact("email", "bipe@example.org"),
        Contact("web", "https://www.example.org/creche"),
    ),
    hours="Mo-Fr 08:30-12:00; PH off",
    age_to=4,
    terms={"audience": ("enfance",), "language": ("fr", "en")},
    internal_street="Rue Secrète 1",
    internal_contacts=(Contact("phone", "022 000 00 00", "ligne directe"),),
    internal_note="clé chez le concierge",
)


@pytest.fixture
def bipe(own: Desk) -> Desk:
    """A counter with one entry."""
    own.directory.load([BIPE])
    return own


def body(desk: Desk) -> str:
    """What our mail says."""
    message = email.message_from_bytes(desk.check_sheets.e_mail("bipe", COUNTER), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return str(message.get_content()).replace("\r\n", "\n")


def mail(text: str, charset: str = "utf-8", subtype: str = "plain") -> bytes:
    """A mail from the association."""
    message = EmailMessage()
    message["From"] = "Claire Dupont <claire@example.org>"
    message["Subject"] = "Re: Votre fiche"
    message.set_content(text, charset=charset, subtype=subtype)
    return message.as_bytes()


def read(desk: Desk, data: bytes) -> Reply:
    return desk.check_sheets.read(data, COUNTER)


def quoted(text: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}\n" for line in text.splitlines())


def wrapped(text: str) -> str:
    """As a mail program breaks long lines."""
    return "\n".join("\n".join(textwrap.wrap(line, 60)) if line else "" for line in text.splitlines())


def test_the_mail_is_addressed_to_the_entry_and_opens_as_a_draft(bipe: Desk) -> None:
    data = bipe.check_sheets.e_mail("bipe", COUNTER)
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["To"] == "bipe@example.org"
    assert message["Subject"] == "Votre fiche dans l’annuaire : BIPE – Petite enfance"
    assert message["X-Unsent"] == "1"
    assert data.isascii(), "any mail program takes it"
    text = body(bipe)
    assert "Téléphone : 022 418 81 81 (secrétariat)\n" in text
    assert "Lundi : 08:30-12:00\n" in text
    assert "Samedi : fermé\n" in text
    assert "Marche à suivre : En ligne / Puis sur rendez-vous\n" in text
    assert "Publics : Enfance\n" in text
    assert text.rstrip().endswith("Point info Servette\n0800 44 77 00")


@pytest.mark.parametrize("address", ["", "pas une adresse", "a@b\r\nBcc: x@y.ch"])
def test_without_a_usable_address_the_mail_has_none(own: Desk, address: str) -> None:
    own.directory.load([msgspec.structs.replace(BIPE, contacts=(Contact("email", address),), name="Deux\nlignes")])
    message = email.message_from_bytes(own.check_sheets.e_mail("bipe", COUNTER), policy=email.policy.default)
    assert message["To"] is None
    assert message["Bcc"] is None
    assert message["Subject"].endswith(": Deux lignes")


@pytest.mark.parametrize("name", sorted(fields.INTERNAL))
def test_no_internal_field_can_be_on_a_sheet(own: Desk, name: str) -> None:
    secret = "zxsecretzx"
    value = (
        (Contact("phone", secret, secret), Contact("email", f"{secret}@example.org")) if "contacts" in name else secret
    )
    own.directory.load([msgspec.structs.replace(BIPE, contacts=(), **{name: value})])
    sheet = own.check_sheets.sheet("bipe")
    assert secret not in repr(sheet)
    assert secret.encode() not in own.check_sheets.e_mail("bipe", COUNTER)
    assert not fields.INTERNAL & {line.key for line in sheet.lines}
    assert not fields.INTERNAL & set(check_sheet.labels())


def test_a_sheet_that_comes_back_untouched_changes_nothing(bipe: Desk) -> None:
    for text in (body(bipe), quoted(body(bipe)), wrapped(body(bipe)), quoted(wrapped(body(bipe)), "> > ")):
        for data in (mail(text), text.encode(), text.encode("cp1252"), text.encode("utf-16")):
            reply = read(bipe, data)
            assert reply.record == BIPE
            assert reply.unread == ()


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("Nom : BIPE", {"name": "BIPE"}),
        ("NOM:BIPE", {"name": "BIPE"}),
        ("Rue  et numero : Rue Dancet 22", {"street": "Rue Dancet 22"}),
        ("Prix : rien", {"wordings": {"fr": msgspec.structs.replace(BIPE.wordings["fr"], fee="")}}),
        (
            "Conditions\u00a0: parents de Genève / ou y travaillant",
            {
                "wordings": {
                    "fr": msgspec.structs.replace(
                        BIPE.wordings["fr"], eligibility="parents de Genève\nou y travaillant"
                    )
                }
            },
        ),
        ("Âge minimum : 0,25 an", {"age_from": 0.25}),
        ("Âge maximum : rien", {"age_to": None}),
        ("Langues parlées : français, portugais", {"terms": {"audience": ("enfance",), "language": ("fr", "pt")}}),
        (
            "Téléphone : 022 418 99 99; 079 000 00 00 (urgences)",
            {
                "contacts": (
                    Contact("phone", "022 418 99 99"),
                    Contact("phone", "079 000 00 00", "urgences"),
                    *BIPE.contacts[1:],
                )
            },
        ),
        (
            "Téléphone : 022 418 81 81 (accueil)",
            {"contacts": (Contact("phone", "022 418 81 81", "accueil", "Mo 08:00-09:00"), *BIPE.contacts[1:])},
        ),
        ("Site internet : rien", {"contacts": BIPE.contacts[:2]}),
        ("Lundi : 9h-12h et 13h30 à 17h", {"hours": "Mo 09:00-12:00,13:30-17:00; Tu-Fr 08:30-12:00; PH off"}),
        ("Vendredi : fermé", {"hours": "Mo-Th 08:30-12:00; PH off"}),
        ("Samedi : de 10.00 – 11.30", {"hours": "Mo-Fr 08:30-12:00; Sa 10:00-11:30; PH off"}),
        (
            "Mardi : 8 à 12, puis 14h à 17h30",
            {"hours": "Mo 08:30-12:00; Tu 08:00-12:00,14:00-17:30; We-Fr 08:30-12:00; PH off"},
        ),
        (
            "Samedi : matin 9-12, après-midi 14-17",
            {"hours": "Mo-Fr 08:30-12:00; Sa 09:00-12:00,14:00-17:00; PH off"},
        ),
        (
            "Samedi : 9h-12h sur rdv",
            {"hours": 'Mo-Fr 08:30-12:00; Sa 09:00-12:00 "sur rendez-vous"; PH off'},
        ),
        (
            "Tout est exact (oui ou non) : Oui !",
            {"verified_on": "2026-11-23", "verified_how": "email"},
        ),
        ("Tout est exact (oui ou non) : non", {}),
    ],
)
def test_a_corrected_line_changes_its_fact(bipe: Desk, line: str, change: dict[str, object]) -> None:
    label = fold_label(line)
    lines = [line if fold_label(each) == label else each for each in body(bipe).splitlines()]
    assert line in lines
    for text in ("\n".join(lines), quoted("\n".join(lines))):
        reply = read(bipe, mail(text))
        assert reply.record == msgspec.structs.replace(BIPE, **change)
        assert reply.unread == ()


def fold_label(line: str) -> str:
    """The label of a line as it is compared."""
    from pointinfo.directory.text import fold

    return " ".join(fold(line.partition(":")[0]).split())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("NPA : Genève", "NPA : «Genève»"),
        ("Âge maximum : jeunes", "Âge maximum : «jeunes»"),
        ("Langues parlées : français, klingon", "Langues parlées : «français, klingon»"),
        ("Téléphone : celui de la mairie", "Téléphone : «celui de la mairie»"),
        ("Courriel : bipe", "Courriel : «bipe»"),
        ("Lundi : le matin", "Lundi : «le matin»"),
        ("Lundi : 8h-12h sauf en été", "Lundi : «8h-12h sauf en été»"),
        ("Mardi : 25:00-26:00", "Mardi : «25:00-26:00»"),
        ("Nom : rien", "Nom : «»"),
        ("Téléphone :", "Téléphone : ligne vide, effacée ou oubliée ?"),
    ],
)
def test_what_makes_no_sense_is_left_to_a_person(bipe: Desk, line: str, said: str) -> None:
    lines = [line if fold_label(each) == fold_label(line) else each for each in body(bipe).splitlines()]
    reply = read(bipe, mail("\n".join(lines)))
    assert reply.record == BIPE
    assert reply.unread == (said,)


def test_an_answer_beside_the_sheet_is_shown_to_a_person(bipe: Desk) -> None:
    text = "Bonjour,\nnous déménageons en mars.\n\nLe 23 novembre, Point info a écrit :\n" + quoted(body(bipe))
    reply = read(bipe, mail(text))
    assert reply.record == BIPE
    assert reply.unread == ("«nous déménageons en mars.»",)


def test_an_answer_below_a_quoted_line_is_shown_with_it(bipe: Desk) -> None:
    text = quoted(body(bipe)).replace("> Prix : gratuit\n", "> Prix : gratuit\nplutôt 5 francs\n")
    reply = read(bipe, mail(text))
    assert reply.record == BIPE
    assert reply.unread == ("Prix : «plutôt 5 francs»",)


def test_what_was_typed_anew_comes_before_what_is_quoted(bipe: Desk) -> None:
    fresh = body(bipe).replace("Prix : gratuit", "Prix : 5 francs")
    reply = read(bipe, mail(fresh + "\n\n" + quoted(body(bipe))))
    assert reply.record.wordings["fr"].fee == "5 francs"


def test_a_long_line_that_was_wrapped_and_corrected_is_read_whole(bipe: Desk) -> None:
    long = "Résumé : " + "Renseigne les familles, inscrit en crèche et en garderie. " * 4
    lines = [long if line.startswith("Résumé") else line for line in body(bipe).splitlines()]
    reply = read(bipe, mail(quoted(wrapped("\n".join(lines)))))
    assert reply.record.wordings["fr"].summary == long.removeprefix("Résumé : ").strip()


def test_a_reply_in_html_only_or_in_the_letters_of_windows_is_read(bipe: Desk) -> None:
    text = body(bipe).replace("Prix : gratuit", "Prix : 5 €")
    paragraphs = "".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in text.splitlines())
    page = mail(f"<html><head><style>p {{}}</style></head><body>{paragraphs}</body></html>", subtype="html")
    for data in (page, mail(text, "cp1252"), text.encode("cp1252")):
        assert read(bipe, data).record.wordings["fr"].fee == "5 €"


def test_a_day_that_makes_no_sense_is_named_and_the_others_are_read(bipe: Desk) -> None:
    lines = ["Mardi : 9h-11h" if line.startswith("Mardi") else line for line in body(bipe).splitlines()]
    lines = ["Lundi : selon saison" if line.startswith("Lundi") else line for line in lines]
    reply = read(bipe, mail("\n".join(lines)))
    assert reply.record.hours == "Mo 08:30-12:00; Tu 09:00-11:00; We-Fr 08:30-12:00; PH off"
    assert reply.unread == ("Lundi : «selon saison»",)


def test_hours_that_no_week_can_say_are_asked_in_words_and_a_change_is_left_to_a_person(own: Desk) -> None:
    seasonal = msgspec.structs.replace(BIPE, hours="Jul-Aug Mo 08:00-12:00; Sep-Jun Mo-Fr 08:00-12:00")
    own.directory.load([seasonal])
    text = body(own)
    assert "Lundi :" not in text
    line = next(line for line in text.splitlines() if line.startswith("Horaire : "))
    assert read(own, mail(text)).record == seasonal
    reply = read(own, mail(text.replace(line, "Horaire : lundi matin")))
    assert reply.record == seasonal
    assert reply.unread == ("Horaire : «lundi matin»",)


def test_an_entry_without_hours_is_asked_for_them_day_by_day(own: Desk) -> None:
    own.directory.load([msgspec.structs.replace(BIPE, hours="")])
    text = body(own).replace("Mercredi :", "Mercredi : 14h à 18h")
    assert read(own, mail(text)).record.hours == "We 14:00-18:00"


def test_a_reply_becomes_a_proposal_of_its_sender_and_the_entry_stays(bipe: Desk) -> None:
    text = body(bipe).replace("Prix : gratuit", "Prix : 5 francs").replace("NPA : 1201", "NPA : bientôt")
    taken = bipe.check_sheets.take(mail(text), COUNTER)
    assert (taken.uid, taken.sender, taken.changed) == ("bipe", "Claire Dupont", 1)
    [proposal] = bipe.revisions.proposals()
    assert (proposal.id, proposal.author) == (taken.proposal, "Claire Dupont")
    assert proposal.comment == "Réponse à la feuille de contrôle. À lire : NPA : «bientôt»"
    assert [change.field for change in bipe.revisions.proposed(proposal.id)] == ["wordings/fr/fee"]
    assert bipe.revisions.present("bipe").record == BIPE
    bipe.revisions.accept(proposal.id, proposal.record, "Odile")
    assert bipe.revisions.present("bipe").record.internal_note == BIPE.internal_note


def test_a_reply_to_an_older_state_undoes_nothing_that_came_since(bipe: Desk) -> None:
    text = body(bipe).replace("Prix : gratuit", "Prix : 5 francs")
    bipe.revisions.save(msgspec.structs.replace(BIPE, street="Rue Dancet 22"), "Odile")
    taken = bipe.check_sheets.take(mail(text), COUNTER)
    assert [change.field for change in bipe.revisions.proposed(taken.proposal)] == ["wordings/fr/fee"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Bonjour",
        b"[PointInfo bipe]",
        bytes(range(256)),
        b"From: a\n\n[PointInfo x y]",
        b"From: <@\n\nx",
        b'From: "\n\nx',
    ],
)
def test_a_file_without_our_reference_is_refused_with_a_sentence(bipe: Desk, data: bytes) -> None:
    with pytest.raises(InputError, match="référence"):
        read(bipe, data)


def test_a_reply_to_a_state_of_another_counter_is_refused_with_a_sentence(bipe: Desk) -> None:
    with pytest.raises(InputError, match="historique"):
        read(bipe, b"[PointInfo bipe 00000000-0000-4000-8000-000000000000]")


@given(st.binary() | st.text().map(str.encode))
def test_no_file_breaks_the_reading(data: bytes) -> None:
    reference = b"\n[PointInfo bipe 00000000-0000-4000-8000-000000000000]\n"
    words = i18n.words("fr")
    asked = check_sheet.sheet(BIPE, "00000000-0000-4000-8000-000000000000", lambda _list, code: code)
    try:
        letter = check_reply.opened(data + reference, words)
    except InputError:
        return
    from datetime import date

    whole = check_reply.Asked(BIPE, asked, check_sheet.text(asked, COUNTER))
    reply = check_reply.read(letter, whole, lambda _list, _word: None, date(2026, 11, 23), words)
    assert reply.record.uid == "bipe"


def test_a_sheet_that_came_back_on_paper_is_typed_line_by_line(bipe: Desk) -> None:
    sheet = bipe.check_sheets.sheet("bipe")
    lines = {
        "wordings/fr/how_to_apply": "En ligne\nPuis au guichet",
        "hours/2": "8h30 à 12h",
        "hours/4": "fermé",
        "contacts/phone": "0224188182 (secrétariat)",
        "contacts/email": "rien",
        "age_to": "5 ans",
        "terms/audience": "Enfance",
    }
    typed = bipe.check_sheets.typed(sheet, lines)
    assert (typed.changed, typed.unclear) == (4, ())
    revision = bipe.check_sheets.enter(sheet, typed, "Odile", decides=True)
    now = bipe.revisions.present("bipe")
    assert (now.id, now.author, now.comment) == (revision, "Odile", "Feuille de contrôle revenue.")
    record = now.record
    assert record.wordings["fr"].how_to_apply == "En ligne\nPuis au guichet"
    assert record.hours == "Mo-Th 08:30-12:00; PH off"
    assert record.contacts == (Contact("phone", "022 418 81 82", "secrétariat"), BIPE.contacts[2])
    assert (record.age_to, record.terms, record.internal_note) == (5, BIPE.terms, BIPE.internal_note)
    assert (record.verified_on, record.verified_by, record.verified_how) == ("2026-11-23", "Odile", "sheet")
    assert bipe.verification.done_today() == 1


def test_a_sheet_without_a_correction_confirms_every_fact(bipe: Desk) -> None:
    sheet = bipe.check_sheets.sheet("bipe")
    typed = bipe.check_sheets.typed(sheet, {line.key: line.text for line in sheet.lines})
    assert (typed.changed, typed.unclear) == (0, ())
    assert fields.public(typed.record).hours == BIPE.hours
    assert typed.record.verified_how == "sheet"


def test_a_typed_line_that_makes_no_sense_is_told_by_its_key(bipe: Desk) -> None:
    sheet = bipe.check_sheets.sheet("bipe")
    typed = bipe.check_sheets.typed(sheet, {"age_to": "bientôt", "hours/0": "le matin", "name": "", "stop": "Rive"})
    assert set(typed.unclear) == {"age_to", "hours/0", "name"}
    assert typed.record.stop == "Rive"


def test_whoever_is_no_editor_proposes_what_a_sheet_says(bipe: Desk) -> None:
    sheet = bipe.check_sheets.sheet("bipe")
    proposal = bipe.check_sheets.enter(sheet, bipe.check_sheets.typed(sheet, {"stop": "Rive"}), "Karim", decides=False)
    assert bipe.revisions.present("bipe").record == BIPE
    [waiting] = bipe.revisions.proposals()
    assert (waiting.id, waiting.author, waiting.record.stop) == (proposal, "Karim", "Rive")
